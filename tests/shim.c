/* Lets the n-th write of the process to a project fail, and all that follow: a disk that is full.
   JIAOZHU_FAIL names n and the error; the count begins when the file named JIAOZHU_ARMED is there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
#include <stdio.h>

static int fails(int handle) {
  static long count = 0;
  static long at = -1;
  char place[64], name[512];
  if (at < 0) {
    const char *wanted = getenv("JIAOZHU_FAIL");
    at = wanted ? atol(wanted) : 0;
  }
  const char *armed = getenv("JIAOZHU_ARMED");
  if (at == 0 || armed == NULL || access(armed, F_OK) != 0) return 0;
  snprintf(place, sizeof place, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(place, name, sizeof name - 1);
  if (length < 0) return 0;
  name[length] = 0;
  if (strstr(name, ".jiaozhu") == NULL || strstr(name, "armed") != NULL) return 0;
  return ++count >= at;
}

static int how(void) {
  const char *wanted = getenv("JIAOZHU_ERROR");
  return wanted ? atoi(wanted) : ENOSPC;
}

ssize_t write(int handle, const void *data, size_t size) {
  ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  if (fails(handle)) { errno = how(); return -1; }
  return real(handle, data, size);
}

ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
  ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
  if (fails(handle)) { errno = how(); return -1; }
  return real(handle, data, size, at);
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t at) {
  ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
  if (fails(handle)) { errno = how(); return -1; }
  return real(handle, data, size, at);
}

int fsync(int handle) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  if (fails(handle)) { errno = how(); return -1; }
  return real(handle);
}

int fdatasync(int handle) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
  if (fails(handle)) { errno = how(); return -1; }
  return real(handle);
}

int ftruncate64(int handle, off64_t size) {
  int (*real)(int, off64_t) = dlsym(RTLD_NEXT, "ftruncate64");
  if (fails(handle)) { errno = how(); return -1; }
  return real(handle, size);
}
