/** How often each judge of hardships must have decided in a hundred seeds that have them: about a third of what it does. */
export const hardshipFloors: Readonly<Record<string, number>> = {
  'an incident condemns nobody': 60,
  'no way back where there is none': 20,
};
