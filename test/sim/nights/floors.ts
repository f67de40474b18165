/** How often each judge of nights must have decided in a hundred seeds, of which every third has nights: about a third of what it does. */
export const nightFloors: Readonly<Record<string, number>> = {
  'saved capacity is never lost': 170,
  'it wakes as it was': 33,
  'sleep holds what it scales': 130,
  'no sleep over a deployment': 50,
  'stops by sleeping never count': 40,
  'scaled up by hand holds': 2,
  'asleep and awake as asked': 33,
};
