// The face of PubSubClient 2.8 as far as a sketch uses it. It writes what it is asked to do, a line each, texts and
// bytes as hex, and refuses what the library refuses.
#pragma once

class PubSubClient {
  size_t buffer = 256;
  bool online = false;

  static void hex(const char* name, const void* bytes, size_t length) {
    printf("%s ", name);
    for (size_t i = 0; i < length; i++) printf("%02x", static_cast<const unsigned char*>(bytes)[i]);
    printf("\n");
  }
  static void text(const char* name, const char* value) { hex(name, value, strlen(value)); }

public:
  PubSubClient(Client&) {}
  PubSubClient& setServer(const char* host, uint16_t port) {
    text("host", host);
    printf("port %u\n", port);
    return *this;
  }
  PubSubClient& setKeepAlive(uint16_t seconds) {
    printf("keep_alive %u\n", seconds);
    return *this;
  }
  PubSubClient& setCallback(void (*)(char*, uint8_t*, unsigned int)) { return *this; }
  boolean setBufferSize(uint16_t size) {
    buffer = size;
    return true;
  }
  boolean connected() { return online; }
  int state() { return -1; }
  boolean loop() { return online; }
  boolean connect(const char* id, const char* user, const char* password, const char*, uint8_t, boolean, const char*,
                  boolean clean_session) {
    if (5 + 10 + 6 + strlen(id) + strlen(user) + strlen(password) > buffer) return false;
    text("id", id);
    text("user", user);
    text("password", password);
    printf("clean_session %d\n", clean_session);
    return online = true;
  }
  boolean publish(const char* topic, const uint8_t* payload, unsigned int length, boolean retained) {
    if (5 + 2 + strlen(topic) + length > buffer) return false;
    text("topic", topic);
    hex("payload", payload, length);
    printf("retained %d\n", retained);
    return true;
  }
};

void setup();
void loop();

int main() {
  setup();
  loop();
}
