import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";

/** Sees to it that a device is measured by one at a time: two measurements would each see the other as noise. */
export class Quiet {
  /** What measures this device without being a run. */
  #measuring: string | undefined;

  /** @param measuringRun title of the live run that measures, where there is one */
  constructor(private readonly measuringRun: () => string | undefined) {}

  /** Throws InputError where the device is being measured. */
  require(): void {
    const measuring = this.measuringRun() ?? this.#measuring;
    if (measuring === undefined) return;
    throw new InputError({
      what: t("this device is being measured already"),
      found: measuring,
      next: t("Wait until that is done, or cancel it: two at once would disturb each other."),
    });
  }

  /** Has the device to itself while something measures that is no run. Throws InputError where it is being measured already. */
  async while<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.require();
    this.#measuring = what;
    try {
      return await work();
    } finally {
      this.#measuring = undefined;
    }
  }
}
