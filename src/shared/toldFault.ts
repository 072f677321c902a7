import { t } from "./l10n.js";
import { saidBy, type Pattern } from "./toldText.js";

/** Where something is wrong; the name of a tensor or field stays as it is. */
const PLACES: readonly Pattern[] = [
  [/^safetensors header$/, () => t("safetensors header")],
  [/^safetensors header, tensor (.+)$/, ([name]) => t("safetensors header, tensor {0}", name!)],
  [/^safetensors header, (__metadata__.*)$/, ([name]) => t("safetensors header, {0}", name!)],
  [/^ONNX model$/, () => t("ONNX model")],
  [/^ONNX model, metadata$/, () => t("ONNX model, metadata")],
  [/^ONNX model, graph$/, () => t("ONNX model, graph")],
  [/^ONNX model, initializer (\d+)$/, ([index]) => t("ONNX model, initializer {0}", index!)],
  [/^ONNX model, initializer (\d+) \((.+)\)$/, ([index, name]) => t("ONNX model, initializer {0} ({1})", index!, name!)],
  [/^(\S+) in (metadata_props|__metadata__)$/, ([key, place]) => t("{0} in {1}", key!, place!)],
  [/^Activations of (.+)$/, ([name]) => t("Activations of {0}", name!)],
  [/^Range of (.+)$/, ([name]) => t("Range of {0}", name!)],
  [/^Batch statistics$/, () => t("Batch statistics")],
  [/^Batch statistics of (.+)$/, ([layer]) => t("Batch statistics of {0}", layer!)],
  [/^Batch statistics: (.+), channel (\d+)$/, ([name, channel]) => t("Batch statistics: {0}, channel {1}", name!, channel!)],
  [/^(\S+), their number$/, ([blocks]) => t("{0}, their number", blocks!)],
];

/** What is found there. */
const FOUND: readonly Pattern[] = [
  // safetensors.ts, json.ts
  [/^(.+) near character (\d+)$/, ([what, at]) => t("{0} near character {1}", saidBy(FOUND, what!), at!)],
  [/^more text after the end$/, () => t("more text after the end")],
  [/^nesting deeper than (\d+)$/, ([depth]) => t("nesting deeper than {0}", depth!)],
  [/^no name$/, () => t("no name")],
  [/^the name (.+) twice$/, ([name]) => t("the name {0} twice", name!)],
  [/^no colon after a name$/, () => t("no colon after a name")],
  [/^no end of an object$/, () => t("no end of an object")],
  [/^no end of a list$/, () => t("no end of a list")],
  [/^no value$/, () => t("no value")],
  [/^no object$/, () => t("no object")],
  [/^no text$/, () => t("no text")],
  [/^no (dtype|shape|data_offsets|raw_data)$/, ([field]) => t("no {0}", field!)],
  [/^(\d+) tensors$/, ([n]) => t("{0} tensors", n!)],
  [/^(\d+) bytes$/, ([n]) => t("{0} bytes", n!)],
  [/^(\d+) bytes in the file$/, ([n]) => t("{0} bytes in the file", n!)],
  [/^(\d+) bytes of data$/, ([n]) => t("{0} bytes of data", n!)],
  [/^a length of (\d+) bytes$/, ([n]) => t("a length of {0} bytes", n!)],
  [/^a name of (\d+) characters$/, ([n]) => t("a name of {0} characters", n!)],
  [/^a name of (\d+) bytes$/, ([n]) => t("a name of {0} bytes", n!)],
  [/^the bytes (\d+) to (\d+)$/, ([from, to]) => t("the bytes {0} to {1}", from!, to!)],
  [/^it at byte (\d+)$/, ([at]) => t("it at byte {0}", at!)],
  [/^bytes that are no UTF-8 text$/, () => t("bytes that are no UTF-8 text")],
  // onnxFile.ts, protobufReader.ts
  [/^(.+) \(byte (\d+)\)$/, ([what, at]) => t("{0} (byte {1})", saidBy(FOUND, what!), at!)],
  [/^a field without a number$/, () => t("a field without a number")],
  [/^a field of the wire type (\d+)$/, ([type]) => t("a field of the wire type {0}", type!)],
  [/^the end inside a number$/, () => t("the end inside a number")],
  [/^a number of more than ten bytes$/, () => t("a number of more than ten bytes")],
  [/^a field of (\d+) bytes, longer than what holds it$/, ([n]) => t("a field of {0} bytes, longer than what holds it", n!)],
  [/^two graphs$/, () => t("two graphs")],
  [/^more than (\d+) entries$/, ([n]) => t("more than {0} entries", n!)],
  [/^more than (\d+) initializers$/, ([n]) => t("more than {0} initializers", n!)],
  [/^more than (\d+) dimensions$/, ([n]) => t("more than {0} dimensions", n!)],
  [/^the initializer (.+) twice$/, ([name]) => t("the initializer {0} twice", name!)],
  [/^(".+") twice$/, ([name]) => t("{0} twice", name!)],
  [/^a segment of a tensor$/, () => t("a segment of a tensor")],
  [/^external data \(numbers in another file\), which is refused$/, () => t("external data (numbers in another file), which is refused")],
  [/^raw_data and float_data$/, () => t("{0} and {1}", "raw_data", "float_data")],
  // file.ts, supernet.ts, and what a network of the numbers computes
  [/^nothing$/, () => t("nothing")],
  [/^numbers of type (.+)$/, ([type]) => t("numbers of type {0}", type!)],
  [/^the shape (\[.*\])$/, ([shape]) => t("the shape {0}", shape!)],
  [/^(\S+) as number (\d+)$/, ([value, at]) => t("{0} as number {1}", value!, at!)],
  [/^a kernel of (\d+)$/, ([size]) => t("a kernel of {0}", size!)],
  [/^a number that is not finite$/, () => t("a number that is not finite")],
  [/^no numbers$/, () => t("no numbers")],
  [/^one value for each channel$/, () => t("one value for each channel")],
];

/** What is expected there. */
const EXPECTED: readonly Pattern[] = [
  [/^at least (\d+)$/, ([n]) => t("at least {0}", n!)],
  [/^at most (\d+)$/, ([n]) => t("at most {0}", n!)],
  [/^a list of whole numbers$/, () => t("a list of whole numbers")],
  [/^two whole numbers$/, () => t("two whole numbers")],
  [/^them inside the (\d+) bytes of data$/, ([n]) => t("them inside the {0} bytes of data", n!)],
  [/^(\d+) for the shape (\[.*\]) of (\S+)$/, ([n, shape, type]) => t("{0} for the shape {1} of {2}", n!, shape!, type!)],
  [/^(\d+) for (\d+) numbers of type (\S+)$/, ([n, numbers, type]) => t("{0} for {1} numbers of type {2}", n!, numbers!, type!)],
  [/^(\d+): tensors overlap$/, ([at]) => t("{0}: tensors overlap", at!)],
  [/^(\d+): tensors leave a gap$/, ([at]) => t("{0}: tensors leave a gap", at!)],
  [/^F32, F16 or BF16$/, () => t("{0} or {1}", "F32, F16", "BF16")],
  [/^numbers of type (.+) there$/, ([type]) => t("numbers of type {0} there", type!)],
  [/^one$/, () => t("one")],
  [/^a whole one$/, () => t("a whole one")],
  [/^one of them$/, () => t("one of them")],
  [/^one of (.+)$/, ([choices]) => t("one of {0}", choices!)],
  [/^finite numbers$/, () => t("finite numbers")],
  [/^a finite number$/, () => t("a finite number")],
  [/^two finite numbers$/, () => t("two finite numbers")],
  [/^no negative variance$/, () => t("no negative variance")],
  [/^two or more$/, () => t("two or more")],
  [/^an odd kernel size$/, () => t("an odd kernel size")],
  [/^a whole number from (\S+) to (\S+)$/, ([low, high]) => t("a whole number from {0} to {1}", low!, high!)],
  [/^the (\d+) of the space (.+)$/, ([n, space]) => t("the {0} of the space {1}", n!, space!)],
];

/** What may be the reason, or is to be done; the last one without its full stop. */
const HINTS: readonly Pattern[] = [
  [/^Is the file complete\?$/, () => t("Is the file complete?")],
  [/^Is this the space that the supernet was trained for\?$/, () => t("Is this the space that the supernet was trained for?")],
  [/^Did training diverge\?$/, () => t("Did training diverge?")],
  [/^Write the file with the training kit$/, () => t("Write the file with the training kit")],
  [/^Choose the space that the supernet was trained for$/, () => t("Choose the space that the supernet was trained for")],
  [/^Save the model with its numbers inside$/, () => t("Save the model with its numbers inside")],
  [/^Take larger batches$/, () => t("Take larger batches")],
  [/^The weights make them overflow$/, () => t("The weights make them overflow")],
  [/^The weights make the activations overflow$/, () => t("The weights make the activations overflow")],
];

const hinted = (hint: string | undefined): string => (hint === undefined ? "" : `. ${saidBy(HINTS, hint)}`);

const FAULTS: readonly Pattern[] = [
  [/^The file is neither a safetensors file nor an ONNX model with a graph$/, () => t("The file is neither a safetensors file nor an ONNX model with a graph")],
  [
    /^(.+): the file has no such tensor among its (\d+), expected the shape (\[.*\])\. (.+)$/,
    ([name, n, shape, hint]) => `${t("{0}: the file has no such tensor among its {1}, expected the shape {2}", name!, n!, shape!)}${hinted(hint)}`,
  ],
  [/^The logits of image (\d+) are not finite$/, ([image]) => t("The logits of image {0} are not finite", image!)],
  [
    /^(.+?): found (.+?), expected (.+?)(?:\. (.+))?$/s,
    ([place, found, expected, hint]) => `${t("{0}: found {1}, expected {2}", saidBy(PLACES, place!), saidBy(FOUND, found!), saidBy(EXPECTED, expected!))}${hinted(hint)}`,
  ],
  [/^(.+?): found (.+?)(?:\. (.+))?$/s, ([place, found, hint]) => `${t("{0}: found {1}", saidBy(PLACES, place!), saidBy(FOUND, found!))}${hinted(hint)}`],
];

/** What a message of `src/onnx` expects, by itself. */
export const toldExpected = (expected: string): string => saidBy(EXPECTED, expected);

/** What is wrong with a supernet or a network (a message of `src/onnx`), without its full stop, in the language of the texts. */
export function toldFault(message: string): string {
  return saidBy(FAULTS, message.replace(/\.$/, ""));
}
