import { samplesText } from "./samples/index.js";
import type { Space } from "./space.js";
import type { Evaluated, EvaluateResult } from "./supernet.js";

/** The precision that an evaluation is about: its first. */
export const precisionOf = ({ precisions }: Pick<EvaluateResult, "precisions">): "fp32" | "int8" => precisions[0]!;

/** Measured top-1 of a precision, %; throws where it was not measured. */
export function top1Of(subnet: Evaluated, precision: "fp32" | "int8"): number {
  const measured = subnet[precision];
  if (measured === null) throw new RangeError(`subnet ${subnet.name} was not measured in ${precision}`);
  return measured.top1.value;
}

/**
 * Measured subnets in this project's own layout, so that `fit` reads them, with what else is known beside each: columns of
 * neither layout are ignored on reading.
 */
export function evaluatedSamplesText({ subnets, precisions, supernet, data }: Pick<EvaluateResult, "subnets" | "precisions" | "supernet" | "data">, space: Space): string {
  const precision = precisionOf({ precisions });
  const text = samplesText(subnets.map((subnet) => ({ stages: subnet.stages, value: top1Of(subnet, precision) })), space, "accuracy");
  const [header, ...lines] = text.trimEnd().split("\n");
  const others = precisions.slice(1);
  const columns = ["role", "name", "images", "top5", ...others.map((other) => `accuracy_${other}`), "precision", "multiply_adds", "supernet", "data"];
  return [
    [header, ...columns].join(","),
    ...lines.map((line, i) => {
      const subnet = subnets[i]!;
      const { n, top5 } = subnet[precision]!;
      const more = [subnet.role, quoted(subnet.name), n, top5?.value ?? "", ...others.map((other) => top1Of(subnet, other)), precision, subnet.multiplyAdds, quoted(supernet.name), quoted(data.name)];
      return [line, ...more].join(",");
    }),
    "",
  ].join("\n");
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
