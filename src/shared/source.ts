import * as v from "valibot";

/** A file as it travels to the worker: its text, and the name that errors cite. */
export const SourceSchema = v.object({ name: v.string(), text: v.string() });
export type Source = v.InferOutput<typeof SourceSchema>;
