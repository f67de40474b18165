import type { ValidConfiguration } from '../lib/config/validate.ts';
import type { Configuration } from '../lib/domain/policy.ts';
import type { Names } from './names.ts';
import { rolesFragment } from './roles.ts';
import { rulesFragment } from './rules.ts';
import type { Fragment } from './rules.ts';
import { subscriptions } from './subscriptions.ts';

/** A template takes 1 MB in all; past this the configuration is no longer told in it. */
const largestMetadata = 200_000;

export interface Generated extends Fragment {
  /** The template's own metadata; absent where it would be too large. */
  metadata?: { configuration: Configuration };
}

/** Everything of the template that depends on the configuration. */
export function generate({ configuration, installation }: ValidConfiguration, names: Names): Generated {
  const [rules, roles] = [rulesFragment(configuration, names), rolesFragment(configuration, installation, names)];
  const fits = JSON.stringify(configuration).length <= largestMetadata;
  const dropped = 'The configuration is too large to be told in the metadata of the template: the sandbox cannot seed a fleet from it.';
  return {
    resources: { ...rules.resources, ...roles.resources, ...subscriptions(installation) },
    notices: [...rules.notices, ...roles.notices, ...(fits ? [] : [dropped])],
    ...(fits ? { metadata: { configuration } } : {}),
  };
}
