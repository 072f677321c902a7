import { DiagnosticsPicture } from "../../src/pictures/diagnostics/diagnostics.js";
import { TRUSTED } from "../../src/pictures/target.js";
import { t } from "../../src/shared/l10n.js";
import type { SearchModel } from "../../src/shared/panel.js";
import type { PredictorFile } from "../../src/shared/predictor.js";
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
  const { target, fit } = file;
  const diagnostics = fit?.diagnostics;
  return (
    <div ref={box}>
      {diagnostics === undefined ? (
        <section class="trust">
          <h2>{TRUSTED[target]}</h2>
          <p>{without(file)}</p>
        </section>
      ) : (
        <DiagnosticsPicture diagnostics={diagnostics} card={file} width={width} />
      )}
    </div>
  );
}

function without({ fit, measured, target }: PredictorFile): string {
  if (measured !== undefined) return t("It is a profile: how well it predicts architectures that it had not seen stands with the profile’s run.");
  if (fit === undefined) return t("Its file carries coefficients alone: no covariance, no errors, nothing to judge it by.");
  return target === "accuracy"
    ? t("It was fitted by an earlier version, which kept no diagnostics. Fit the accuracy samples again to see them.")
    : t("It was fitted by an earlier version, which kept no diagnostics. Fit the latency samples again to see them.");
}
