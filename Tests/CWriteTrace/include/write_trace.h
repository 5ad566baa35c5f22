#pragma once
#include <stddef.h>
#include <stdint.h>

// Records what SQLite writes, truncates, forces to disk and deletes below one folder, so that a test
// can make the disk as a loss of power at any of these steps could have left it.

enum write_trace_kind {
  WRITE_TRACE_WRITE = 1,
  WRITE_TRACE_TRUNCATE = 2,
  WRITE_TRACE_SYNC = 3,
  WRITE_TRACE_DELETE = 4,
};

struct write_trace_step {
  int kind;
  const char *path;
  int64_t offset;
  const uint8_t *bytes;
  int count;
};

// Makes the recording file system SQLite's own default; all others go through it unrecorded. 0 on success.
int write_trace_install(void);

// Begins a new record of what is below the folder; one record at a time.
void write_trace_start(const char *folder);

// How many steps were recorded so far.
size_t write_trace_count(void);

// Step `index`, valid until the next start; its bytes are the recorder's.
struct write_trace_step write_trace_step_at(size_t index);
