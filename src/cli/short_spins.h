#pragma once

namespace sbert::cli {

/// Threads of libgomp that wait spin for milliseconds, which takes the cores from whoever they wait for as soon as
/// another process computes: of two trainings on two cores each ran at 390 tokens/s, with short spins at 3,960; alone
/// it is 7,300 either way, within the noise of 4 %. libgomp reads the length from the environment before main(): this
/// starts the command once more with it set (2 ms), unless the user has set anything himself.
void restart_with_short_spins(char** arguments);

}  // namespace sbert::cli
