import { exampleTags } from '../lib/config/example-tags.ts';
import type { ValidConfiguration } from '../lib/config/validate.ts';
import type { Channel } from '../lib/domain/channel.ts';
import type { Configuration, ImagePolicy } from '../lib/domain/policy.ts';
import { channelsFragment } from './channels.ts';
import type { Names } from './names.ts';
import { rolesFragment } from './roles.ts';
import { rulesFragment } from './rules.ts';
import type { Fragment } from './rules.ts';
import { subscriptions } from './subscriptions.ts';

/** A template takes 1 MB in all; past this the configuration is no longer told in it. */
const largestMetadata = 200_000;

export interface Generated extends Fragment {
  /** The template's own metadata; absent where it would be too large. */
  metadata?: { configuration: Configuration; examples: Examples; channels: Channel[] };
}

/** Per service and repository three tags that are taken, oldest first, where any come to mind. */
type Examples = Record<string, Record<string, string[]>>;

/** Everything of the template that depends on the configuration. */
export function generate({ configuration, installation }: ValidConfiguration, names: Names): Generated {
  const [rules, roles] = [rulesFragment(configuration, names), rolesFragment(configuration, installation, names)];
  const fits = JSON.stringify(configuration).length <= largestMetadata;
  const dropped = 'The configuration is too large to be told in the metadata of the template: the sandbox cannot seed a fleet from it.';
  return {
    resources: { ...rules.resources, ...roles.resources, ...subscriptions(installation), ...channelsFragment(installation, names) },
    notices: [...rules.notices, ...roles.notices, ...(fits ? [] : [dropped])],
    ...(fits ? { metadata: { configuration, examples: examplesOf(configuration), channels: installation.channels } } : {}),
  };
}

// What a regular expression takes is not easily guessed from outside: the sandbox pushes these.
function examplesOf({ services }: Configuration): Examples {
  return Object.fromEntries(Object.entries(services).map(([key, { images }]) => [key, Object.fromEntries(images.flatMap(exampleOf))]));
}

function exampleOf({ repository, tags }: ImagePolicy): [string, string[]][] {
  const examples = exampleTags(tags);
  return examples === undefined ? [] : [[repository, examples]];
}
