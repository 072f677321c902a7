import type { App } from "../app.js";
import { editedConfig } from "./choose.js";
import { previewOf, type Format } from "./formats.js";
import { Preview } from "./preview.js";
import { subjectOf, type About, type Subject } from "./subject.js";
import { suggestedName } from "./suggestedName.js";
import { writeOnnx, writeProject, writeText } from "./write.js";

type Rest<F> = F extends (app: never, ...rest: infer R) => infer A ? (...rest: R) => A : never;

/** What the tests inside VS Code reach of this folder. */
export function codeApi(app: App) {
  const text: Rest<typeof writeText> = (...rest) => writeText(app, ...rest);
  const project: Rest<typeof writeProject> = (...rest) => writeProject(app, ...rest);
  const onnx: Rest<typeof writeOnnx> = (...rest) => writeOnnx(app, ...rest);
  return {
    subject: (about: About) => subjectOf(app, about, "test"),
    editedConfig,
    suggestedName,
    preview: () => new Preview(),
    previewOf: (subject: Subject, format: Format) => previewOf(subject, format, app),
    text,
    project,
    onnx,
  };
}
