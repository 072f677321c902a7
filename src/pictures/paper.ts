import { createContext } from "preact";

/** True where a picture is drawn once, for reading only: nothing to press, every table filled, every row open. */
export const Paper = createContext(false);
