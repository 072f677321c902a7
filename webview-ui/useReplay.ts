import { useEffect, useState } from "preact/hooks";

/** How long a replay takes, ms: slow enough to follow with the eye. */
const DURATION = 12_000;
const FRAME = 50;
/** For people who asked for less motion: ten still pictures, one a second and a bit. */
const STILLS = 10;

export interface Replay {
  /** Share of the search that is shown, 0 to 1. */
  at: number;
  playing: boolean;
  toggle: () => void;
  scrub: (at: number) => void;
}

/** Replays a finished search. It starts at the end, whole, and never plays by itself. */
export function useReplay(): Replay {
  const [at, setAt] = useState(1);
  const [playing, setPlaying] = useState(false);

  useEffect(() => {
    if (!playing) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const every = calm ? DURATION / STILLS : FRAME;
    const timer = setInterval(() => setAt((now) => Math.min(1, now + every / DURATION)), every);
    return () => clearInterval(timer);
  }, [playing]);
  useEffect(() => {
    if (playing && at >= 1) setPlaying(false);
  }, [at, playing]);

  return {
    at,
    playing,
    toggle: () => {
      if (!playing && at >= 1) setAt(0);
      setPlaying(!playing);
    },
    scrub: (to) => {
      setPlaying(false);
      setAt(Math.min(1, Math.max(0, to)));
    },
  };
}
