/** Resources whose ARN names their cluster in the long form alone. */
const shortOnce = new Set(['service', 'task', 'container', 'container-instance']);

/** Builds the ARN of an ECS resource: `arn:aws:ecs:<region>:<account>:<kind>/<names…>`, the cluster first unless ARNs are of the old form. */
export function ecsArn(place: ArnPlace, kind: string, ...longNames: string[]): string {
  const names = place.choices?.legacyArns === true && shortOnce.has(kind) ? longNames.slice(-1) : longNames;
  return ['arn:aws:ecs', place.region, place.account, [kind, ...names].join('/')].join(':'); // Joined: see Chance, an ARN is kept long.
}

interface ArnPlace {
  region: string;
  account: string;
  choices?: { legacyArns: boolean };
}

/** The last name in an ARN, or the name itself where no ARN was given. */
export function lastName(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf('/') + 1);
}
