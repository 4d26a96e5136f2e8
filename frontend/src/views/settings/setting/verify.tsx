import { useNavigate } from "@solidjs/router";
import { ShieldCheck } from "lucide-solid";
import type { JSX } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { Button } from "../../../ui/button.tsx";
import { SettingRow } from "../setting_row.tsx";

/** The way to the verification of the library. */
export function VerifyLink(): JSX.Element {
  const { t } = useI18n();
  const navigate = useNavigate();
  return (
    <SettingRow title={t("views.verify.title")} text={t("views.verify.openText")}>
      {() => (
        <Button icon={ShieldCheck} onClick={() => navigate("/verify")}>
          {t("views.verify.open")}
        </Button>
      )}
    </SettingRow>
  );
}
