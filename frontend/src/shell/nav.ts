import type { LucideIcon } from "lucide-solid";
import Boxes from "lucide-solid/icons/boxes";
import Download from "lucide-solid/icons/download";
import FolderTree from "lucide-solid/icons/folder-tree";
import Settings from "lucide-solid/icons/settings";
import UserRound from "lucide-solid/icons/user-round";

/** The views, in the order of the sidebar; ids are the first part of their routes. */
export const NAV = [
  { id: "library", icon: Boxes },
  { id: "downloads", icon: Download },
  { id: "explorer", icon: FolderTree },
  { id: "accounts", icon: UserRound },
  { id: "settings", icon: Settings },
] as const satisfies readonly { readonly id: string; readonly icon: LucideIcon }[];
