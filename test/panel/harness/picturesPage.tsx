/** Every picture of the explanation on one page, in the panel's styles; bundled by the harness. */
import { render } from "preact";
import { ArchitectureDrawing } from "../../../src/pictures/architectureDrawing.js";
import { DiagnosticsPicture } from "../../../src/pictures/diagnostics/diagnostics.js";
import { DifferencePicture } from "../../../src/pictures/difference.js";
import { EffectsPicture } from "../../../src/pictures/effects.js";
import { FrontPicture } from "../../../src/pictures/frontPicture.js";
import { HeatmapsPicture } from "../../../src/pictures/heatmaps.js";
import { ImportancePicture } from "../../../src/pictures/importance.js";
import { MarginalPicture } from "../../../src/pictures/marginal.js";
import { MovesPicture } from "../../../src/pictures/moves.js";
import { NearTiesPicture } from "../../../src/pictures/nearTies.js";
import { WaterfallPicture } from "../../../src/pictures/waterfall/waterfall.js";
import { reportDefects } from "../../../webview-ui/host.js";
import { useWidth } from "../../../webview-ui/useWidth.js";
import { toyDifference, toyExplanation, toyTies } from "./toyExplanation.js";
import "../../../src/pictures/theme.css";
import "../../../src/pictures/pictures.css";
import "../../../webview-ui/panel.css";

const explanation = toyExplanation();
const picked: unknown[] = [];
Object.assign(window, { picked });

function Page() {
  const [box, width] = useWidth<HTMLDivElement>();
  const { accuracy, latency, predicted, marginal, optimum, diagnostics } = explanation;
  const at = { accuracy: predicted.accuracy.value, latency: predicted.latency.value };
  return (
    <main>
      <h1>Pictures</h1>
      <div ref={box}>
        <ArchitectureDrawing architecture={explanation.architecture} space={explanation.space} width={width} />
        <WaterfallPicture accuracy={accuracy!} latency={latency!} linked />
        <FrontPicture front={explanation.front} at={at} budget={explanation.budget} width={width} />
        <MarginalPicture marginal={marginal!} from={optimum!} />
        <MovesPicture moves={explanation.moves} onPick={(index) => picked.push(["move", index])} />
        <NearTiesPicture {...toyTies()} onPick={(index) => picked.push(["tie", index])} />
        <DifferencePicture {...toyDifference()} width={width} />
        <ImportancePicture shares={explanation.importance} />
        <EffectsPicture overview={explanation.overview} width={width} />
        <HeatmapsPicture overview={explanation.overview} />
        <DiagnosticsPicture diagnostics={diagnostics.accuracy!} card={explanation.predictors.accuracy} width={width} />
        <DiagnosticsPicture diagnostics={diagnostics.latency!} card={explanation.predictors.latency} width={width} />
      </div>
    </main>
  );
}

reportDefects();
render(<Page />, document.querySelector("#panel")!);
