import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";

/** What the file system, yauzl, zlib or a decoder refuses while a file is read is the file's fault, and told with its name. */
export async function reading<T>(file: string, work: () => Promise<T>, next?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError({ what: t("the file cannot be read: {0}", message.replace(/\.$/, "")), file, next });
  }
}
