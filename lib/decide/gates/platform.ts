import { platformName, type ImageContent, type Platform } from '../../domain/platform.ts';
import type { Reason } from '../../domain/reason.ts';

/** Why tasks of this platform cannot run the image; undefined where they can, or where it is not known what it was built for. */
export function platformMismatch(content: ImageContent, runtime: Platform | undefined): Reason | undefined {
  if (runtime === undefined) return undefined;
  const built = builtFor(content);
  if (built === undefined || built.some((platform) => platformName(platform) === platformName(runtime))) return undefined;
  const names = built.map(platformName).join(', ') || 'no platform';
  return { code: 'platform-mismatch', text: `it is built for ${names}, and the service runs on ${platformName(runtime)}` };
}

/** The platforms of an image; undefined where they could not be read. */
function builtFor(content: ImageContent): Platform[] | undefined {
  if (content.kind === 'index') return content.children.map(({ platform }) => platform);
  return content.platform === undefined ? undefined : [content.platform];
}
