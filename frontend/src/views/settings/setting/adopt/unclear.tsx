import { For, type JSX, Show } from "solid-js";
import { useI18n } from "../../../../i18n/i18n.tsx";
import { Button } from "../../../../ui/button.tsx";
import { Select } from "../../../../ui/select.tsx";
import { type Adoption, MOST_SHOWN } from "./adoption_store.ts";

/** What could be several files: the choice is left to the user. */
export function Unclear(props: {
  readonly adoption: Adoption;
  /** Nothing runs. */
  readonly idle: boolean;
}): JSX.Element {
  const { t, format } = useI18n();
  const all = () => props.adoption.unclear();
  const count = () => props.adoption.choices().length;
  return (
    <Show when={all().length > 0}>
      <section class="unclear" aria-label={t("views.onDisk.adopt.unclearTitle")}>
        <h4>{t("views.onDisk.adopt.unclearTitle")}</h4>
        <p>{t("views.onDisk.adopt.unclearText")}</p>
        <ul>
          <For each={all().slice(0, MOST_SHOWN)}>
            {({ paths, size, files }) => (
              <For each={paths}>
                {(path) => (
                  <li>
                    <span class="unclear-path">{path}</span>
                    <span>{format().bytes(size)}</span>
                    <Select
                      aria-label={path}
                      value={props.adoption.chosen(path)}
                      onChange={(fileId) => props.adoption.choose(path, fileId)}
                      options={[
                        { value: null, label: t("views.onDisk.adopt.leave") },
                        ...files.map(({ fileId, title, name }) => ({
                          value: fileId,
                          label: `${title} · ${name}`,
                        })),
                      ]}
                    />
                  </li>
                )}
              </For>
            )}
          </For>
        </ul>
        <Show when={all().length > MOST_SHOWN}>
          <p>{t("views.onDisk.adopt.more", all().length - MOST_SHOWN)}</p>
        </Show>
        <Button
          variant="primary"
          disabled={!props.idle || count() === 0}
          onClick={() => props.adoption.takeChosen()}
        >
          {t("views.onDisk.adopt.choose", count())}
        </Button>
      </section>
    </Show>
  );
}
