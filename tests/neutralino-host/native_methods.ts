import * as v from "valibot";
import type { Bus } from "./bus.ts";
import type { Extension } from "./config.ts";
import { type NativeMethods, refusal } from "./native_router.ts";

/** What a test sees of the window that is not there. */
export interface WindowState {
  title: string;
  visible: boolean;
  minimized: boolean;
  /** How often it was brought to the front. */
  focused: number;
}

/** What the methods work on. */
export interface NativeWorld {
  readonly bus: Bus;
  readonly extensions: readonly Extension[];
  /** Extensions are up before the window: until then calls that mean it have no effect. */
  readonly hasWindow: () => boolean;
  readonly window: WindowState;
  /** The system's folder dialog: a path, or "" when it was cancelled. Everything waits for it. */
  readonly showFolderDialog: (title: string) => Promise<string>;
  /** What the system would show, whatever the window does. */
  readonly showNotification: (title: string, content: string) => void;
  readonly exit: (code: number) => void;
}

const EventSchema = v.object({ event: v.string(), data: v.optional(v.unknown()) });
const DispatchSchema = v.object({ ...EventSchema.entries, extensionId: v.string() });
const TitleSchema = v.object({ title: v.optional(v.string(), "") });
const NotificationSchema = v.object({ title: v.string(), content: v.string() });
const ExitSchema = v.nullish(v.object({ code: v.optional(v.number(), 0) }));

const SUCCESS = { success: true } as const;

/** The host's native methods, as far as an application like this one might call them. */
export function createNativeMethods(world: NativeWorld): NativeMethods {
  const { bus, window, hasWindow } = world;
  const change = (state: Partial<WindowState>) => () => {
    if (hasWindow()) Object.assign(window, state);
    return SUCCESS;
  };
  return {
    "app.broadcast": (input) => {
      const { event, data } = v.parse(EventSchema, input);
      bus.toPages(event, data);
      return SUCCESS;
    },
    "app.exit": (input) => {
      const code = v.parse(ExitSchema, input)?.code ?? 0;
      if (hasWindow()) world.exit(code);
      // Never answered: the host is gone by then.
      return new Promise(() => {});
    },
    "events.broadcast": (input) => {
      const { event, data } = v.parse(EventSchema, input);
      bus.toAll(event, data);
      return SUCCESS;
    },
    "extensions.dispatch": (input) => {
      const { extensionId, event, data } = v.parse(DispatchSchema, input);
      return bus.toExtension(extensionId, event, data)
        ? SUCCESS
        : refusal("NE_EX_EXTNOTC", extensionId);
    },
    "extensions.broadcast": (input) => {
      const { event, data } = v.parse(EventSchema, input);
      bus.toExtensions(event, data);
      return SUCCESS;
    },
    "extensions.getStats": () => ({
      ...SUCCESS,
      returnValue: {
        loaded: world.extensions.map(({ id }) => id),
        connected: [...bus.extensions.keys()],
      },
    }),
    "os.showFolderDialog": async (input) => ({
      ...SUCCESS,
      returnValue: await world.showFolderDialog(v.parse(TitleSchema, input).title),
    }),
    "os.showNotification": (input) => {
      const { title, content } = v.parse(NotificationSchema, input);
      world.showNotification(title, content);
      return SUCCESS;
    },
    "window.focus": () => change({ focused: window.focused + 1 })(),
    "window.hide": change({ visible: false }),
    "window.minimize": change({ minimized: true }),
    "window.setTitle": (input) => change(v.parse(TitleSchema, input))(),
    "window.show": change({ visible: true }),
    "window.unminimize": change({ minimized: false }),
    // There, but of no use in tests: whoever may call it is told that it worked.
    "filesystem.readFile": () => SUCCESS,
    "os.execCommand": () => SUCCESS,
    "os.open": () => SUCCESS,
    "os.spawnProcess": () => SUCCESS,
  };
}
