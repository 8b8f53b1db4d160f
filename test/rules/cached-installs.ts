import { lines, type Rule } from './rule.ts';

export const rule: Rule = {
  says: 'installing reads its manifests from mounts and keeps its downloads in a cache, or takes them from the project',
  ships: true,
  broken: (instructions) =>
    lines(
      instructions.filter((i) => {
        const text = i.getTextContent();
        if (
          i.getKeyword() !== 'RUN' ||
          !/\b(npm ci|(npm|pnpm|yarn|bun) install(?! --global)|workspaces focus|mod download)/.test(text)
        )
          return false;
        return (
          !/--mount=type=bind,source=(\S*\/)?(package\.json|go\.(mod|work))/.test(text) ||
          !/--mount=type=cache|\/yarn-cache/.test(text)
        );
      }),
    ),
  good: [
    'FROM x\nRUN --mount=type=bind,source=package.json,target=package.json --mount=type=cache,target=/c npm ci',
    'FROM x\nRUN --mount=type=bind,source=api/go.mod,target=api/go.mod --mount=type=cache,target=/c go mod download',
    'FROM x\nRUN npm install --global pnpm@9.0.0',
  ],
  bad: [
    'FROM x\nRUN npm ci',
    'FROM x\nCOPY go.mod ./\nRUN go mod download',
    'FROM x\nRUN --mount=type=cache,target=/c yarn install',
  ],
};
