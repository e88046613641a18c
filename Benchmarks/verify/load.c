// Asks a server on this machine about keys in turn, and tells how it answered, as one line of JSON.
//
// Without a rate, each connection sends its next request as soon as the last is answered: the highest load. With a
// rate, requests fall due at equal distances whatever the server does, and a latency is counted from that moment, so
// that a server that stalls pays for all who wait meanwhile. One thread that never sleeps: give it a core of its own.
//
// One HTTP/1.1 request is read from a file, with {key} where the key goes; keys have one length and stand in a file
// with nothing between. Answers must have a Content-Length.
//
// Beside a rate there may be a crowd: clients that send the beginning of a text at once, and of the rest a byte a
// second each, evenly spread over the second. It is this thread that sends for them: others on its core would hold it
// up, and the server would seem to be slow.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    REQUEST_LIMIT = 2048,
    ANSWER_LIMIT = 64 * 1024,
    AT_ONCE_LIMIT = 64,
    EVENTS = 512,
    STEPS = 64,  // of the histogram for each doubling: percentiles are right to 1.6 %
    DOUBLINGS = 40,
    PATIENCE = 5,  // seconds for the last answers
    SETTLING = 3,  // seconds that a crowd has for arriving, which is not what is measured
};

typedef struct {
    int fd;
    int waiting;                     // requests that are not answered yet
    uint64_t due[AT_ONCE_LIMIT];     // when each of them fell due, the oldest first
    size_t held;                     // bytes of an answer that is not whole
    char answer[ANSWER_LIMIT];
} Connection;

static struct {
    char head[REQUEST_LIMIT], tail[REQUEST_LIMIT];
    size_t head_length, tail_length;
    const char *keys;
    size_t width, count, next;
} request;

static struct {
    uint64_t answers, accepted, refused, longest;
    uint64_t histogram[DOUBLINGS * STEPS];
} seen;

static struct {
    int *fds, number;
    const char *text;
    size_t length, at_once;
    uint64_t begin, sent;  // bytes of all of them
} crowd;

static int at_once;
static uint64_t end_of_sending;

static void fail(const char *what) {
    fprintf(stderr, "load: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static const char *mapped(const char *path, size_t *length) {
    int file = open(path, O_RDONLY);
    struct stat about;
    if (file < 0 || fstat(file, &about)) fail(path);
    const char *bytes = mmap(NULL, about.st_size, PROT_READ, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED) fail(path);
    *length = about.st_size;
    return bytes;
}

static void read_request(const char *template, const char *keys, size_t width, double first) {
    size_t length;
    const char *text = mapped(template, &length);
    const char *place = memmem(text, length, "{key}", 5);
    if (!place || length > REQUEST_LIMIT - width) fail("the request is too long, or has no {key}");
    request.head_length = place - text;
    request.tail_length = length - request.head_length - 5;
    memcpy(request.head, text, request.head_length);
    memcpy(request.tail, place + 5, request.tail_length);
    request.keys = mapped(keys, &length);
    request.width = width;
    request.count = length / width;
    request.next = (size_t)(first * request.count) % request.count;
}

static char *append(char *to, const char *bytes, size_t length) {
    memcpy(to, bytes, length);
    return to + length;
}

static void send_requests(Connection *connection, int number, uint64_t due) {
    static char buffer[AT_ONCE_LIMIT * REQUEST_LIMIT];
    char *end = buffer;
    for (int n = 0; n < number; n++) {
        end = append(end, request.head, request.head_length);
        end = append(end, request.keys + request.next * request.width, request.width);
        end = append(end, request.tail, request.tail_length);
        if (++request.next == request.count) request.next = 0;
        connection->due[connection->waiting++] = due;
    }
    // So little always fits into the socket's buffer: what was sent before is answered.
    if (write(connection->fd, buffer, end - buffer) != end - buffer) fail("cannot send");
}

// The length of the first answer; 0 where it is not whole. Notes its status.
static size_t whole_answer(const char *bytes, size_t length, int *status) {
    const char *body = memmem(bytes, length, "\r\n\r\n", 4);
    if (!body) return 0;
    body += 4;
    for (const char *line = bytes; line < body;) {
        const char *next = (const char *)memchr(line, '\n', body - line) + 1;
        if ((*line | 0x20) == 'c' && next - line > 15 && !strncasecmp(line, "content-length:", 15)) {
            *status = atoi(bytes + 9);
            size_t whole = body - bytes + strtoul(line + 15, NULL, 10);
            return whole <= length ? whole : 0;
        }
        line = next;
    }
    errno = 0;
    fail("an answer without Content-Length");
    return 0;
}

static void note(int status, uint64_t latency) {
    seen.answers++;
    if (status >= 200 && status < 300) seen.accepted++;
    else if (status == 401) seen.refused++;
    if (latency > seen.longest) seen.longest = latency;
    // The highest bit tells the doubling, the six bits after it the step.
    int doubling = latency < STEPS ? 0 : 63 - __builtin_clzll(latency) - 5;
    uint64_t step = doubling ? (latency >> (doubling - 1)) - STEPS : latency;
    size_t place = doubling * STEPS + step;
    size_t last = DOUBLINGS * STEPS - 1;
    seen.histogram[place < last ? place : last]++;
}

static double percentile(double share) {
    uint64_t wanted = (uint64_t)(seen.answers * share + 0.999999), count = 0;
    for (size_t place = 0; place < DOUBLINGS * STEPS; place++) {
        count += seen.histogram[place];
        if (count < wanted || !count) continue;
        size_t doubling = place / STEPS, step = place % STEPS;
        double upper = doubling ? (double)((STEPS + step + 1) << (doubling - 1)) : step + 1;
        return (upper < seen.longest ? upper : seen.longest) / 1000;
    }
    return 0;
}

static void take_answers(Connection *connection) {
    ssize_t count = read(connection->fd, connection->answer + connection->held, ANSWER_LIMIT - connection->held);
    if (count == 0) errno = 0;
    if (count <= 0) fail("the server closed a connection");
    connection->held += count;
    uint64_t time = now();
    size_t done = 0, length;
    int status = 0, answered = 0;
    while (answered < connection->waiting
           && (length = whole_answer(connection->answer + done, connection->held - done, &status))) {
        done += length;
        if (time <= end_of_sending || !at_once) note(status, time - connection->due[answered]);
        answered++;
    }
    connection->held -= done;
    memmove(connection->answer, connection->answer + done, connection->held);
    connection->waiting -= answered;
    memmove(connection->due, connection->due + answered, connection->waiting * sizeof *connection->due);
    if (connection->held == ANSWER_LIMIT || (connection->held && !connection->waiting)) {
        errno = 0;
        fail("an answer that nobody asked for, or too long");
    }
}

static int connected(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) fail("cannot connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fd;
}

static Connection *connect_all(int number, int port, int poll) {
    Connection *connections = calloc(number, sizeof *connections);
    for (int n = 0; n < number; n++) {
        int fd = connections[n].fd = connected(port);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &connections[n]};
        if (epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event)) fail("epoll");
    }
    return connections;
}

static void gather_crowd(int number, const char *file, size_t at_once, int port) {
    crowd.number = number;
    crowd.at_once = at_once;
    crowd.fds = calloc(number, sizeof *crowd.fds);
    crowd.text = mapped(file, &crowd.length);
    for (int n = 0; n < number; n++) {
        crowd.fds[n] = connected(port);
        if (write(crowd.fds[n], crowd.text, at_once) != (ssize_t)at_once) fail("a slow client cannot send");
    }
    sleep(SETTLING);
}

// The next byte of the next client, where it is due. One at a time: nobody else waits long for it.
static void crawl(uint64_t time) {
    if (crowd.sent * 1000000000 / crowd.number >= time - crowd.begin) return;
    size_t place = crowd.at_once + crowd.sent / crowd.number;
    if (place >= crowd.length) fail("the slow clients have nothing left to say");
    if (write(crowd.fds[crowd.sent % crowd.number], crowd.text + place, 1) != 1) fail("a slow client cannot send");
    crowd.sent++;
}

// Who was answered, or sent away, was not slow enough.
static void insist_on_crowd(void) {
    char byte;
    for (int n = 0; n < crowd.number; n++)
        if (recv(crowd.fds[n], &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN)
            fail("a slow client is gone");
    double seconds = (now() - crowd.begin) / 1e9;
    if (crowd.sent < 0.95 * crowd.number * (seconds - 0.1)) fail("the slow clients were slower than they should be");
}

// The highest load: as many requests as are answered go out again, together.
static void send_at_will(Connection *connections, int number, int poll) {
    struct epoll_event events[EVENTS];
    for (int n = 0; n < number; n++) send_requests(&connections[n], at_once, now());
    while (now() < end_of_sending) {
        int count = epoll_wait(poll, events, EVENTS, 0);
        for (int n = 0; n < count; n++) {
            Connection *connection = events[n].data.ptr;
            take_answers(connection);
            if (!connection->waiting) send_requests(connection, at_once, now());
        }
    }
}

// A fixed rate, one request at a time on each connection. Returns how many requests were never sent.
static uint64_t send_on_time(Connection *connections, int number, int poll, double rate, double seconds) {
    struct epoll_event events[EVENTS];
    // A ring: connections take turns.
    Connection **idle = calloc(number, sizeof *idle);
    int first = 0, idle_count = number;
    for (int n = 0; n < number; n++) idle[n] = &connections[n];
    uint64_t begin = now(), total = (uint64_t)(rate * seconds), sent = 0, time;
    crowd.begin = begin;
    while (seen.answers < total && (time = now()) < end_of_sending + PATIENCE * 1000000000ull) {
        if (crowd.number) crawl(time);
        int count = epoll_wait(poll, events, EVENTS, 0);
        for (int n = 0; n < count; n++) {
            Connection *connection = events[n].data.ptr;
            take_answers(connection);
            if (!connection->waiting) idle[(first + idle_count++) % number] = connection;
        }
        while (sent < total && idle_count) {
            uint64_t due = begin + (uint64_t)(sent * 1e9 / rate);
            if (due > now()) break;
            send_requests(idle[first], 1, due);
            first = (first + 1) % number;
            idle_count--;
            sent++;
        }
    }
    free(idle);
    return total - seen.answers;
}

int main(int count, char **arguments) {
    if (count != 10 && count != 13) {
        fprintf(stderr, "usage: load PORT REQUEST KEYS WIDTH FIRST CONNECTIONS AT_ONCE SECONDS RATE "
                        "[CROWD TEXT BEGINNING]\n");
        return 2;
    }
    int port = atoi(arguments[1]), number = atoi(arguments[6]);
    double seconds = atof(arguments[8]), rate = atof(arguments[9]);
    at_once = rate > 0 ? 0 : atoi(arguments[7]);
    if (number < 1 || at_once > AT_ONCE_LIMIT) fail("too many requests at once, or no connection");
    // FIRST is a share of the keys.
    read_request(arguments[2], arguments[3], strtoul(arguments[4], NULL, 10), atof(arguments[5]));
    int poll = epoll_create1(0);
    Connection *connections = connect_all(number, port, poll);
    if (count == 13) gather_crowd(atoi(arguments[10]), arguments[11], strtoul(arguments[12], NULL, 10), port);
    uint64_t begin = now(), lost = 0;
    end_of_sending = begin + (uint64_t)(seconds * 1e9);
    if (rate > 0) lost = send_on_time(connections, number, poll, rate, seconds);
    else send_at_will(connections, number, poll);
    insist_on_crowd();
    printf("{\"requests\":%lu,\"accepted\":%lu,\"refused\":%lu,\"lost\":%lu,\"seconds\":%.6f,\"p50_us\":%.1f,"
           "\"p90_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.1f}\n",
           seen.answers, seen.accepted, seen.refused, lost, rate > 0 ? seconds : (now() - begin) / 1e9,
           percentile(0.5), percentile(0.9), percentile(0.99), percentile(0.999), seen.longest / 1e3);
    return 0;
}
