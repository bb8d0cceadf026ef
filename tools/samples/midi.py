"""Standard MIDI files: notes of instruments, played a little unevenly, as people do."""

import random
import struct

TICKS_PER_BEAT = 480
DRUMS = 9  # the channel that General MIDI reserves for percussion


class Song:
    """One piece. Times and lengths are in beats, pitches are MIDI note numbers, velocities 1 to 127."""

    def __init__(self, beats_per_minute, seed, timing_s=0.008, velocity_spread=6):
        self.random = random.Random(seed)
        self.beats_per_minute = beats_per_minute
        self._timing_beats = timing_s * beats_per_minute / 60
        self._velocity_spread = velocity_spread
        self._events = []
        self._add(0, 0, b"\xff\x51\x03" + struct.pack(">I", round(60e6 / beats_per_minute))[1:])

    def instrument(self, channel, program, volume=100, pan=64, reverb=40):
        for controller, value in ((7, volume), (10, pan), (91, reverb)):
            self.control(channel, 0, controller, value)
        self._add(0, 1, bytes([0xC0 | channel, program]))

    def control(self, channel, beat, controller, value):
        self._add(beat, 0, bytes([0xB0 | channel, controller, max(0, min(127, round(value)))]))

    def swell(self, channel, first_beat, last_beat, first, last, controller=11):
        """A controller (11: expression) that moves evenly from one value to another."""
        steps = max(1, round((last_beat - first_beat) * 8))
        for step in range(steps + 1):
            part = step / steps
            self.control(channel, first_beat + part * (last_beat - first_beat), controller, first + part * (last - first))

    def bend(self, channel, beat, semitones):
        value = max(0, min(16383, round(8192 + 4096 * semitones)))
        self._add(beat, 1, bytes([0xE0 | channel, value & 127, value >> 7]))

    def note(self, channel, pitch, beat, length, velocity):
        start = max(0.0, beat + self.random.gauss(0, self._timing_beats))
        velocity = round(velocity + self.random.gauss(0, self._velocity_spread))
        self._add(start, 3, bytes([0x90 | channel, pitch, max(1, min(127, velocity))]))
        self._add(start + length, 2, bytes([0x80 | channel, pitch, 0]))

    def chord(self, channel, pitches, beat, length, velocity, strum=0.0):
        for index, pitch in enumerate(pitches):
            self.note(channel, pitch, beat + index * strum, length - index * strum, velocity)

    def melody(self, channel, beat, notes, velocity, legato=0.95):
        """`notes` are (pitch or None for a rest, length) one after the other. Returns the beat after the last one."""
        for pitch, length in notes:
            if pitch is not None:
                self.note(channel, pitch, beat, length * legato, velocity)
            beat += length
        return beat

    def duration_s(self):
        """To the end of the last note."""
        return max(tick for tick, _, _ in self._events) / TICKS_PER_BEAT * 60 / self.beats_per_minute

    def to_bytes(self):
        track = bytearray()
        now = 0
        for tick, _, event in sorted(self._events, key=lambda item: item[:2]):
            track += _variable_length(tick - now) + event
            now = tick
        track += b"\x00\xff\x2f\x00"
        header = b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS_PER_BEAT)
        return header + b"MTrk" + struct.pack(">I", len(track)) + bytes(track)

    def _add(self, beat, order, event):
        self._events.append((round(beat * TICKS_PER_BEAT), order, event))


def _variable_length(value):
    parts = [value & 127]
    while value := value >> 7:
        parts.append(value & 127 | 128)
    return bytes(reversed(parts))
