/** How far our clock and upstream's may be apart, in milliseconds: NTP is asked for, and not believed in. */
export const clockToleranceMs = 2 * 60 * 1000
