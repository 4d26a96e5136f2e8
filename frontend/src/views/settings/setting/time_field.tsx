import type { JSX } from "solid-js";
import { fromTime, toTime } from "./rate.ts";

/** A time of day, in minutes since midnight. */
export function TimeField(props: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (minutes: number) => void;
}): JSX.Element {
  return (
    <label class="time-field">
      {props.label}
      <input
        class="text-input"
        type="time"
        value={toTime(props.value)}
        onChange={(event) => {
          const minutes = fromTime(event.currentTarget.value);
          if (minutes !== null) props.onChange(minutes);
        }}
      />
    </label>
  );
}
