import { useNavigate } from "@solidjs/router";
import type { LucideIcon } from "lucide-solid";
import LogIn from "lucide-solid/icons/log-in";
import Pause from "lucide-solid/icons/pause";
import Play from "lucide-solid/icons/play";
import RefreshCw from "lucide-solid/icons/refresh-cw";
import Square from "lucide-solid/icons/square";
import { type JSX, Show } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { useApp } from "../stores/app.tsx";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon_button.tsx";
import { toastError } from "../ui/toast.tsx";
import type { SyncState } from "./sync_state.ts";

interface Action {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly primary?: boolean;
  run(): void;
}

/** Start or stop, and hold or go on. */
export function SyncActions(props: {
  readonly narrow: boolean;
  readonly state: SyncState;
  /** The state in words. */
  readonly words: string;
}): JSX.Element {
  const { bridge, status } = useApp();
  const { t } = useI18n();
  const navigate = useNavigate();
  const quietly = (asked: Promise<unknown>) => void asked.catch((error) => toastError(error, t));

  const main = (): Action | null => {
    const busy = status()?.busy ?? null;
    if (busy === "move") return null;
    if (busy !== null) {
      return {
        label: t("sync.stop"),
        icon: Square,
        run: () => quietly(bridge.call("sync.stop", {})),
      };
    }
    if (props.state.kind === "signedOut") {
      return {
        label: t("views.accounts.signIn"),
        icon: LogIn,
        run: () => navigate("/accounts"),
      };
    }
    return {
      label: t("sync.start"),
      icon: RefreshCw,
      primary: true,
      run: () => quietly(bridge.call("sync.start", {})),
    };
  };
  const hold = (): Action | null => {
    const now = status();
    if (now?.paused) {
      return {
        label: t("sync.resume"),
        icon: Play,
        run: () => quietly(bridge.call("downloads.resume", {})),
      };
    }
    if (now?.busy !== "sync") return null;
    return {
      label: t("sync.pause"),
      icon: Pause,
      run: () => quietly(bridge.call("downloads.pause", {})),
    };
  };

  return (
    <div class={props.narrow ? "sync-actions-narrow" : "sync-actions"}>
      <Show when={main()}>
        {(action) => (
          <Show
            when={props.narrow}
            fallback={
              <Button
                class="sync-actions-main"
                variant={action().primary ? "primary" : "default"}
                icon={action().icon}
                onClick={() => action().run()}
              >
                {action().label}
              </Button>
            }
          >
            <IconButton
              label={`${action().label} · ${props.words}`}
              icon={action().icon}
              variant={action().primary ? "primary" : "default"}
              size="large"
              placement="right"
              onClick={() => action().run()}
            />
          </Show>
        )}
      </Show>
      <Show when={hold()}>
        {(action) => (
          <IconButton
            label={action().label}
            icon={action().icon}
            variant="default"
            size={props.narrow ? "large" : "medium"}
            placement={props.narrow ? "right" : "top"}
            onClick={() => action().run()}
          />
        )}
      </Show>
    </div>
  );
}
