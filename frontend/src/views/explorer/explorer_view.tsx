import "./explorer.css";
import { useNavigate, useParams } from "@solidjs/router";
import { FolderTree } from "lucide-solid";
import { createSignal, type JSX, Match, Show, Suspense, Switch } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { SearchField } from "../../ui/search_field.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { AssetPane } from "./asset_pane.tsx";
import { AssetTree } from "./asset_tree.tsx";
import { CreatorPane } from "./creator_pane.tsx";
import { createTreeModel, type TreeNode } from "./tree_model.ts";

type Branch = Extract<TreeNode, { kind: "provider" | "creator" }>;

/** What is on disk, by site and creator, to be looked at. */
export default function ExplorerView(): JSX.Element {
  const { t } = useI18n();
  const { status } = useApp();
  const params = useParams();
  const navigate = useNavigate();
  const model = createTreeModel();
  const [branch, setBranch] = createSignal<Branch | null>(null);
  const assetId = () => params["path"] ? decodeURIComponent(params["path"]) : null;
  const select = (node: TreeNode) => {
    if (node.kind === "more") return;
    if (node.kind === "model") {
      setBranch(null);
      navigate(`/explorer/${encodeURIComponent(node.row.id)}`, { replace: true });
    } else {
      setBranch(node);
      navigate("/explorer", { replace: true });
    }
  };
  return (
    <section class="explorer" aria-label={t("views.explorer.title")}>
      <div class="explorer-side">
        <h1>{t("views.explorer.title")}</h1>
        <SearchField
          label={t("views.explorer.search")}
          value={model.search()}
          onChange={model.setSearch}
        />
        <AssetTree model={model} selected={branch()?.key ?? assetId()} onSelect={select} />
      </div>
      <div class="explorer-pane">
        <Switch
          fallback={
            <EmptyState
              icon={FolderTree}
              title={t("views.explorer.choose.title")}
              text={t("views.explorer.choose.text")}
            />
          }
        >
          <Match when={model.nodes() === null && model.error()}>
            {(error) => <ErrorState error={error()} onRetry={model.refresh} />}
          </Match>
          <Match when={model.nodes()?.length === 0}>
            <EmptyState
              icon={FolderTree}
              title={t("views.explorer.empty.title")}
              text={t("views.explorer.empty.text")}
            />
          </Match>
          <Match when={assetId()}>
            {(id) => (
              // Its own, so that the tree stays where it is meanwhile.
              <Suspense fallback={<Skeleton lines={8} />}>
                <AssetPane
                  assetId={id()}
                  onLoaded={({ provider, creator }) => model.unfold(provider, creator)}
                />
              </Suspense>
            )}
          </Match>
          <Match when={branch()}>
            {(node) => (
              <BranchPane
                node={node()}
                providerName={(id) => status()?.providers.find((one) => one.id === id)?.name ?? id}
              />
            )}
          </Match>
        </Switch>
      </div>
    </section>
  );
}

function BranchPane(props: {
  readonly node: Branch;
  readonly providerName: (id: string) => string;
}): JSX.Element {
  const { t } = useI18n();
  return (
    <Show when={props.node} keyed>
      {(node) =>
        node.kind === "provider"
          ? (
            <CreatorPane
              name={props.providerName(node.provider)}
              assets={node.assets}
              filter={{ provider: node.provider }}
            />
          )
          : (
            <CreatorPane
              name={node.row.creator || t("unknownCreator")}
              assets={node.row.assets}
              filter={{ provider: node.row.provider, creator: node.row.creator }}
            />
          )}
    </Show>
  );
}
