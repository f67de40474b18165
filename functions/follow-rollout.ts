import { wireFollowRollout } from '../lib/wire.ts';
import { entry } from '../lib/entry.ts';
import { parseRolloutChange } from '../lib/events/rollout-change.ts';
import { followRollout } from '../lib/flows/follow-rollout.ts';

const needs = wireFollowRollout();

/** EventBridge, aws.ecs "ECS Deployment State Change", and "ECS Service Action" of eventType WARN or ERROR. */
export const handler = entry(async (event, moment) => followRollout(parseRolloutChange(event), needs, moment), needs.budget);
