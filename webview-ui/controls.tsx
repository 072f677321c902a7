/**
 * The only file that knows the component library (deprecated upstream). To replace it, give these two
 * components another body; nothing else names it. Badge and determinate progress-ring stay unused: they
 * write style attributes, which a strict CSP refuses.
 */
import "./nonce.js";
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeTextField } from "@vscode/webview-ui-toolkit";
import type { ComponentChildren, HTMLAttributes } from "preact";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "vscode-button": ButtonAttributes;
      "vscode-text-field": FieldAttributes;
    }
  }
}
type ButtonAttributes = HTMLAttributes<HTMLElement> & { appearance?: string; disabled?: boolean };
type FieldAttributes = HTMLAttributes<HTMLElement> & { value?: string; size?: number };

provideVSCodeDesignSystem().withPrefix("vscode").register(vsCodeButton(), vsCodeTextField());

export function Button(props: {
  children: ComponentChildren;
  onPress: () => void;
  primary?: boolean;
  /** Where the visible text alone would not say what it does. */
  label?: string;
  disabled?: boolean;
}) {
  const { children, onPress, primary, label, disabled } = props;
  return (
    <vscode-button
      appearance={primary ? "primary" : "secondary"}
      aria-label={label}
      disabled={disabled ?? false}
      onClick={onPress}
    >
      {children}
    </vscode-button>
  );
}

/** A field for a number; `onCommit` gets what was typed, on Enter or when the field is left. */
export function NumberField(props: {
  value: string;
  label: string;
  invalid: boolean;
  onCommit: (text: string) => void;
  onStep: (direction: 1 | -1) => void;
}) {
  const { value, label, invalid, onCommit, onStep } = props;
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onStep(event.key === "ArrowUp" ? 1 : -1);
  };
  return (
    <vscode-text-field
      value={value}
      size={7}
      inputMode="decimal"
      // The library names every field "Text field" when it is connected; this comes after that.
      ref={(field) => field?.setAttribute("aria-label", label)}
      aria-invalid={invalid}
      onChange={(event) => onCommit((event.currentTarget as HTMLElement & { value: string }).value)}
      onKeyDown={keyDown}
    />
  );
}
