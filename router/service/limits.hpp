// Limits of a running switch. At each of them the switch stops reading or refuses; none is ever passed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace torntape::service {

inline constexpr std::size_t kibibyte = 1024;
inline constexpr std::size_t mebibyte = 1024 * kibibyte;

// Of the whole switch.
inline constexpr std::size_t max_connections = 2'500;  // one more is closed at once
inline constexpr std::size_t other_files = 100;        // that the switch has open besides
inline constexpr std::size_t max_filing_bytes =
    256 * mebibyte;  // submitted and not yet answered; then REASON_FULL
inline constexpr std::size_t max_cached_bytes = 64 * mebibyte;  // of messages kept ready to hand out
inline constexpr std::size_t max_outcomes_per_commit = 1'024;
inline constexpr std::size_t max_unindexed = 10'000;  // messages; searches read their texts

// Of one address beyond loopback, one more is closed at once.
inline constexpr std::size_t max_connections_of_address = 200;

// Of a connection to a port with a guard.
inline constexpr std::chrono::seconds tls_handshake{10};
inline constexpr std::chrono::seconds first_credential{10};  // shown to the Protobuf port; then it is cut off
inline constexpr unsigned max_wrong_tokens = 3;              // then likewise

// Settled messages are forgotten after their time, some at once, with pauses in between.
inline constexpr std::size_t max_looked_at_to_prune = 500;
inline constexpr std::chrono::milliseconds prune_pause{200};
inline constexpr std::chrono::hours prune_every{1};

// A store that cannot be replayed is tried again; one that several switches share is asked whether it is
// still this one's.
inline constexpr std::chrono::milliseconds retry_store{200};
inline constexpr std::chrono::milliseconds look_at_store{1'000};

// Of one connection.
inline constexpr std::size_t max_request = 4 * mebibyte;  // bytes of a frame; then REASON_TOO_LARGE
inline constexpr std::size_t max_unanswered = 256;        // requests under way; then reading stops
inline constexpr std::size_t max_unanswered_bytes = 16 * mebibyte;
inline constexpr std::size_t max_unwritten = 8 * mebibyte;  // bytes of answers; then reading and handing stop
inline constexpr std::size_t max_collected = 16 * mebibyte;  // bytes of one answer, or a single copy

inline constexpr std::size_t max_subscriptions = 100;  // one more is refused with REASON_FULL
inline constexpr unsigned credit_unless_told = 100, most_credit = 1'000;
inline constexpr std::chrono::seconds subscription_silent{
    60};  // then an empty answer says that the switch is there

inline constexpr std::size_t most_found = 500;  // messages of one answer to a search
inline constexpr std::size_t found_unless_told = 50;

// Of one HTTP connection.
inline constexpr std::size_t max_http_header = 16 * kibibyte;    // then 431
inline constexpr std::size_t max_http_body = max_request;        // then 413
inline constexpr std::size_t max_http_inspected = mebibyte;      // a text to be explained; then 413
inline constexpr std::size_t max_http_collected = 4 * mebibyte;  // of messages in one answer
inline constexpr std::size_t max_http_path = 2 * kibibyte;       // then 414
inline constexpr std::chrono::seconds http_first_byte{10};       // of a new connection
inline constexpr std::chrono::seconds http_idle{60};             // between two requests
inline constexpr std::chrono::seconds http_header{10};           // from its first byte to its end; then 408
inline constexpr std::chrono::seconds http_body{60};             // from the header to the end of the body
inline constexpr std::chrono::seconds http_heartbeat{15};        // of a stream of events that is silent

// Of the stream of events.
inline constexpr std::size_t max_events_kept = 4'096;   // a reader further behind misses some
inline constexpr std::size_t max_events_written = 100;  // at once to one reader
inline constexpr std::size_t max_event_queues = 100;    // named in one event
inline constexpr std::size_t max_depths_told = 500;     // queues in one event; others follow
inline constexpr std::chrono::seconds depths_every{1};

// Of the test traffic that a switch makes for itself.
inline constexpr double least_traffic_rate = 0.1, most_traffic_rate = 500;  // messages a second
inline constexpr std::uint32_t most_traffic_messages = 100'000;             // of one run
inline constexpr std::size_t max_traffic_unanswered = 256;                  // filed and not yet answered
inline constexpr std::size_t max_traffic_collected = 100;                   // copies of one queue at once
inline constexpr std::chrono::milliseconds traffic_collects_every{250};
inline constexpr std::chrono::seconds traffic_told_every{1};

// Of one circuit.
inline constexpr std::size_t max_transmission = 4 * mebibyte;  // bytes from start to NNNN; then it is cut off
inline constexpr std::size_t max_arrivals = 32;                // not yet durable; then reading stops
inline constexpr std::chrono::seconds first_redial{1};         // after a connection failed; doubled each time
inline constexpr std::chrono::seconds last_redial{30};

inline constexpr std::size_t max_diagnostics = 100;  // told in one refusal

inline constexpr std::size_t read_size = 64 * kibibyte;
inline constexpr std::size_t write_size = 256 * kibibyte;
inline constexpr std::chrono::seconds write_stall{60};  // a client that takes nothing for so long is cut off
inline constexpr std::chrono::seconds warn_every{60};   // of one kind of trouble
inline constexpr std::chrono::seconds linger{2};        // for the other end to close after the last answer
inline constexpr std::chrono::seconds drain{5};         // for what is under way when the switch is stopped
inline constexpr unsigned max_judges = 8;               // threads that read and judge; one a processor

}  // namespace torntape::service
