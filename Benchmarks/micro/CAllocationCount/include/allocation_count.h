#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

/// How often this thread has asked for memory. Always zero where it cannot be counted (see count.c).
unsigned long allocation_count(void);

#endif
