import { diagnosticVerdicts } from "../../src/shared/diagnosticsText.js";
import { Diagnostics } from "../../src/pictures/diagnostics/diagnostics.js";
import type { PredictorFile } from "../../src/shared/predictor.js";
import type { SearchModel } from "../../src/shared/panel.js";
import { useWidth } from "../useWidth.js";

/** Whether the predictors can be believed, and where not. */
export function Trust({ model }: { model: SearchModel }) {
  return (
    <>
      <One file={model.accuracy} />
      <One file={model.latency} />
    </>
  );
}

function One({ file }: { file: PredictorFile }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const { target, form, fit, title } = file;
  const diagnostics = fit?.diagnostics;
  return (
    <section class="trust">
      <h2>Is the {target} predictor any good?</h2>
      <p class="dim">{title ?? "Predictor"}, form {form}{fit === undefined ? "" : `, ${fit.n} samples`}</p>
      <div ref={box}>
        {diagnostics === undefined ? (
          <p>{without(file)}</p>
        ) : (
          width > 0 && <Diagnostics diagnostics={diagnostics} verdicts={diagnosticVerdicts(diagnostics, file)} target={target} width={width} />
        )}
      </div>
    </section>
  );
}

function without({ fit, measured, target }: PredictorFile): string {
  if (measured !== undefined) return "It is a profile: how well it predicts architectures that it had not seen stands with the profile’s run.";
  if (fit === undefined) return "Its file carries coefficients alone: no covariance, no errors, nothing to judge it by.";
  return `It was fitted by an earlier version, which kept no diagnostics. Fit the ${target} samples again to see them.`;
}
