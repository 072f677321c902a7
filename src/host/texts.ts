import * as vscode from "vscode";
import { configureTexts } from "../shared/l10n.js";

/** The extension's first import: VS Code has loaded the bundle of its language before it loads the extension. Workers read its file. */
configureTexts(vscode.l10n.bundle, vscode.env.language, vscode.l10n.uri?.fsPath);
