import type { JSX } from "solid-js";

/** The application's mark: a model's box. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <rect class="mark-ground" width="24" height="24" rx="6" />
      <path
        class="mark-lines"
        d="M12 5.2 17.9 8.6v6.8L12 18.8 6.1 15.4V8.6zM6.1 8.6 12 12l5.9-3.4M12 12v6.8"
      />
    </svg>
  );
}
