/** Builds the ARN of an ECS resource: `arn:aws:ecs:<region>:<account>:<kind>/<names…>`. */
export function ecsArn(place: { region: string; account: string }, kind: string, ...names: string[]): string {
  return ['arn:aws:ecs', place.region, place.account, [kind, ...names].join('/')].join(':'); // Joined: see Chance, an ARN is kept long.
}

/** The last name in an ARN, or the name itself where no ARN was given. */
export function lastName(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf('/') + 1);
}
