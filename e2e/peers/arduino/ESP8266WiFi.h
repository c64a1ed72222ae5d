// What a sketch finds in the Arduino core, as far as it matters off the board: nothing happens, except that whoever
// waits for long ends.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

typedef bool boolean;

struct SerialPort {
  void begin(unsigned long) {}
  void print(const char*) {}
  void println() {}
  void println(int) {}
  size_t write(const uint8_t*, size_t length) { return length; }
} Serial;

inline void delay(unsigned long) { exit(1); }

enum { WL_CONNECTED = 3 };

struct Network {
  void begin(const char*, const char*) {}
  int status() { return WL_CONNECTED; }
} WiFi;

struct Client {};
struct WiFiClient : Client {};
