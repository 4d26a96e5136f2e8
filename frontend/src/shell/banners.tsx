import { useNavigate } from "@solidjs/router";
import FlaskConical from "lucide-solid/icons/flask-conical";
import LoaderCircle from "lucide-solid/icons/loader-circle";
import PlugZap from "lucide-solid/icons/plug-zap";
import { createEffect, createSignal, type JSX, on, onCleanup, Show } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { useApp } from "../stores/app.tsx";
import { isFirstRun } from "../stores/first_run.ts";
import { Button } from "../ui/button.tsx";
import { toastError } from "../ui/toast.tsx";
import "./banners.css";

/** Milliseconds before a connection that takes its time is spoken of. */
const PATIENCE = 800;
/** Milliseconds that the good news stays. */
const BACK = 3_000;
/** Milliseconds for opening another library. */
const REOPEN_DEADLINE = 60_000;

/** Says when the engine cannot be reached, and when it can again. */
export function ConnectionBanner(): JSX.Element {
  const app = useApp();
  const { t } = useI18n();
  const [shown, setShown] = createSignal<"connecting" | "lost" | "back" | null>(null);

  createEffect(on(app.connection, (state) => {
    if (state === "connecting") {
      const timer = setTimeout(() => setShown(app.wasOpen() ? "lost" : "connecting"), PATIENCE);
      return onCleanup(() => clearTimeout(timer));
    }
    setShown((before) => before === "lost" ? "back" : null);
    const timer = setTimeout(() => setShown(null), BACK);
    onCleanup(() => clearTimeout(timer));
  }));
  const words = () => {
    if (shown() !== "back" && app.trouble() !== null) return app.trouble();
    switch (shown()) {
      case "connecting":
        return t("connection.connecting");
      case "lost":
        return t(app.host.kind === "browser" ? "connection.lostInBrowser" : "connection.lost");
      case "back":
        return t("connection.back");
      default:
        return null;
    }
  };

  return (
    <div role="status">
      <Show when={words()}>
        {(text) => (
          <div class={`banner banner-${shown()}`}>
            <Show
              when={shown() === "back"}
              fallback={<LoaderCircle class="button-spinner" size={16} aria-hidden="true" />}
            >
              <PlugZap size={16} aria-hidden="true" />
            </Show>
            {text()}
          </div>
        )}
      </Show>
    </div>
  );
}

/** Says that nothing here is real. */
export function DemoBanner(): JSX.Element {
  const app = useApp();
  const { t } = useI18n();
  const navigate = useNavigate();
  const [busy, setBusy] = createSignal(false);
  const leave = async () => {
    setBusy(true);
    try {
      await app.bridge.call("demo.leave", {}, { deadline: REOPEN_DEADLINE });
      navigate(isFirstRun(await app.bridge.call("engine.status", {})) ? "/accounts" : "/library");
    } catch (error) {
      toastError(error, t);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={app.hello()?.demo}>
      <aside class="banner banner-demo">
        <FlaskConical size={16} aria-hidden="true" />
        <span class="banner-text">{t("demo.banner")}</span>
        <Button size="small" busy={busy()} onClick={() => void leave()}>{t("demo.leave")}</Button>
      </aside>
    </Show>
  );
}
