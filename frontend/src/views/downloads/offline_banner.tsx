import WifiOff from "lucide-solid/icons/wifi-off";
import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { EngineStatus } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { toastError } from "../../ui/toast.tsx";
import "../../shell/banners.css";

/** Says that there is no network while something waits for it, and when it is looked for next. */
export function OfflineBanner(): JSX.Element {
  const { status } = useApp();
  const offline = () => status()?.busy ? status()?.offline : null;
  return (
    <div role="status">
      <Show when={offline()}>{(offline) => <Banner offline={offline()} />}</Show>
    </div>
  );
}

function Banner(props: { readonly offline: NonNullable<EngineStatus["offline"]> }): JSX.Element {
  const { t, format } = useI18n();
  const { bridge } = useApp();
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), 1000);
  onCleanup(() => clearInterval(timer));
  const isDue = () => props.offline.lookAt <= now();
  const next = () =>
    isDue()
      ? t("views.downloads.offline.looking")
      : t("views.downloads.offline.next", { time: format().relative(props.offline.lookAt, now()) });
  const look = () =>
    void bridge.call("downloads.lookNow", {}).catch((error) => toastError(error, t));
  return (
    <aside class="banner banner-lost downloads-offline">
      <WifiOff size={16} aria-hidden="true" />
      <p class="banner-text">
        {t("views.downloads.offline.text")} {/* Counted down for eyes only. */}
        <span aria-hidden="true">{next()}</span>
      </p>
      <Button size="small" disabled={isDue()} onClick={look}>
        {t("views.downloads.offline.look")}
      </Button>
    </aside>
  );
}
