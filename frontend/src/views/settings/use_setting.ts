import type { Settings } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { toastError } from "../../ui/toast.tsx";

/** A setting and how to change it; a refusal is told and taken back. */
export function useSetting<K extends keyof Settings>(
  key: K,
): readonly [() => Settings[K] | undefined, (value: Settings[K]) => void] {
  const { settings, change } = useApp();
  const { t } = useI18n();
  return [
    () => settings()?.[key],
    (value) => {
      // `{ [key]: value }` is a Partial<Settings>; TypeScript widens a computed key.
      const changes = { [key]: value } as unknown as Partial<Settings>;
      change(changes).catch((error) => toastError(error, t));
    },
  ];
}
