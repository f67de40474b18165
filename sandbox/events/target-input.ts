import type { Target } from '@aws-sdk/client-eventbridge';

/** What a target is given of an event: the whole, a constant, a part, or a text made of parts. */
export function targetInput(target: Target, event: Record<string, unknown>, ruleArn: string): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(select(event, target.InputPath) ?? null);
  if (!target.InputTransformer) return JSON.stringify(event);
  const { InputPathsMap = {}, InputTemplate = '' } = target.InputTransformer;
  const values = new Map<string, unknown>(Object.entries(InputPathsMap).map(([name, path]) => [name, select(event, path)]));
  values.set('aws.events.rule-arn', ruleArn).set('aws.events.event', event).set('aws.events.event.json', event).set('aws.events.event.ingestion-time', event['time']);
  return fill(InputTemplate, values);
}

/** Reads `$.detail.name` or `$.resources[0]`. */
function select(event: unknown, path: string): unknown {
  const steps = path.replace(/^\$\.?/, '').match(/[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined), event);
}

/** Puts values where the template names them: within a quoted text as text, elsewhere as JSON. */
function fill(template: string, values: ReadonlyMap<string, unknown>): string {
  let quoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (found, name: string | undefined) => {
    if (found === '"') quoted = !quoted;
    if (name === undefined || !values.has(name)) return found;
    const value = values.get(name) ?? '';
    if (!quoted) return JSON.stringify(value);
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value).replaceAll('"', String.raw`\"`);
  });
}
