#include "write_trace.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// A file of ours: the wrapped one stands behind it in the same allocation.
struct traced_file {
  sqlite3_file base;
  char *path;
};

static sqlite3_vfs traced_vfs;
static sqlite3_vfs *real_vfs;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct write_trace_step *steps;
static size_t count, capacity;
static char *folder;

static sqlite3_file *real(sqlite3_file *file) { return (sqlite3_file *)((struct traced_file *)file + 1); }

static void record(int kind, const char *path, int64_t offset, const void *bytes, int length) {
  pthread_mutex_lock(&lock);
  if (folder && path && strncmp(path, folder, strlen(folder)) == 0) {
    if (count == capacity) {
      capacity = capacity ? capacity * 2 : 1024;
      steps = realloc(steps, capacity * sizeof *steps);
    }
    uint8_t *copy = NULL;
    if (length > 0) {
      copy = malloc((size_t)length);
      memcpy(copy, bytes, (size_t)length);
    }
    steps[count++] = (struct write_trace_step){kind, strdup(path), offset, copy, length};
  }
  pthread_mutex_unlock(&lock);
}

static int x_close(sqlite3_file *file) {
  int result = real(file)->pMethods->xClose(real(file));
  free(((struct traced_file *)file)->path);
  return result;
}

static int x_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), bytes, length, offset);
}

static int x_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
  record(WRITE_TRACE_WRITE, ((struct traced_file *)file)->path, offset, bytes, length);
  return real(file)->pMethods->xWrite(real(file), bytes, length, offset);
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 size) {
  record(WRITE_TRACE_TRUNCATE, ((struct traced_file *)file)->path, size, NULL, 0);
  return real(file)->pMethods->xTruncate(real(file), size);
}

static int x_sync(sqlite3_file *file, int flags) {
  int result = real(file)->pMethods->xSync(real(file), flags);
  record(WRITE_TRACE_SYNC, ((struct traced_file *)file)->path, 0, NULL, 0);
  return result;
}

static int x_file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}

static int x_lock(sqlite3_file *file, int kind) { return real(file)->pMethods->xLock(real(file), kind); }

static int x_unlock(sqlite3_file *file, int kind) { return real(file)->pMethods->xUnlock(real(file), kind); }

static int x_check_reserved(sqlite3_file *file, int *out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}

static int x_control(sqlite3_file *file, int op, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), op, argument);
}

static int x_sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }

// No promise of the device is passed on: atomic or ordered writes would make the test easier than a disk.
static int x_characteristics(sqlite3_file *file) {
  (void)file;
  return 0;
}

static int x_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}

static int x_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}

static void x_shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }

static int x_shm_unmap(sqlite3_file *file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

static const sqlite3_io_methods methods = {
    2,         x_close,  x_read,           x_write,   x_truncate, x_sync,            x_file_size, x_lock,
    x_unlock,  x_check_reserved, x_control, x_sector, x_characteristics, x_shm_map, x_shm_lock, x_shm_barrier,
    x_shm_unmap,
};

static int x_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out) {
  (void)vfs;
  int result = real_vfs->xOpen(real_vfs, name, real(file), flags, out);
  file->pMethods = real(file)->pMethods ? &methods : NULL;
  if (file->pMethods) ((struct traced_file *)file)->path = strdup(name ? name : "");
  return result;
}

static int x_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  (void)vfs;
  record(WRITE_TRACE_DELETE, name, 0, NULL, 0);
  return real_vfs->xDelete(real_vfs, name, sync);
}

int write_trace_install(void) {
  pthread_mutex_lock(&lock);
  int result = 0;
  if (!real_vfs) {
    sqlite3_initialize();
    real_vfs = sqlite3_vfs_find(NULL);
    traced_vfs = *real_vfs;
    traced_vfs.zName = "traced";
    traced_vfs.pNext = NULL;
    traced_vfs.szOsFile = (int)sizeof(struct traced_file) + real_vfs->szOsFile;
    traced_vfs.xOpen = x_open;
    traced_vfs.xDelete = x_delete;
    result = sqlite3_vfs_register(&traced_vfs, 1);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

void write_trace_start(const char *path) {
  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < count; i++) {
    free((void *)steps[i].path);
    free((void *)steps[i].bytes);
  }
  count = 0;
  free(folder);
  folder = path ? strdup(path) : NULL;
  pthread_mutex_unlock(&lock);
}

size_t write_trace_count(void) {
  pthread_mutex_lock(&lock);
  size_t now = count;
  pthread_mutex_unlock(&lock);
  return now;
}

struct write_trace_step write_trace_step_at(size_t index) {
  pthread_mutex_lock(&lock);
  struct write_trace_step step = steps[index];
  pthread_mutex_unlock(&lock);
  return step;
}
