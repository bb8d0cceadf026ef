"""The six pieces: our own notes, for instruments of General MIDI. Each function returns a Song of 20 to 30 seconds."""

from midi import DRUMS, Song

KICK, RIM, SNARE, CLAP, CLOSED_HAT, OPEN_HAT, CRASH, RIDE = 36, 37, 38, 39, 42, 46, 49, 51
LOW_TOM, MIDDLE_TOM, HIGH_TOM, PEDAL_HAT, SHAKER = 43, 47, 50, 44, 70


def drum_pattern(song, beat, step, lines, swing=0.0):
    """Lines are {pitch: "x.X."}: one character a step, x soft, X loud; every second step comes late by `swing`."""
    for pitch, line in lines.items():
        for index, mark in enumerate(line):
            if mark in "xX":
                late = swing * step if index % 2 else 0.0
                song.note(DRUMS, pitch, beat + index * step + late, 0.2, 112 if mark == "X" else 84)


def rock_band():
    """E minor, 138 to the minute: two distorted guitars left and right, bass, drums, a lead guitar from bar 5 on."""
    song = Song(138, seed=1)
    left, right, bass, lead = 0, 1, 2, 3
    song.instrument(left, 30, volume=88, pan=14)
    song.instrument(right, 29, volume=88, pan=114)
    song.instrument(bass, 34, volume=112)
    song.instrument(lead, 30, volume=96, pan=70, reverb=70)
    song.instrument(DRUMS, 16, volume=118)
    roots = [40, 40, 36, 38, 40, 43, 36, 38, 40, 43, 36, 38, 36, 38]
    for bar, root in enumerate(roots):
        start = bar * 4
        guitar = root + 12 if root < 40 else root
        for eighth in range(8):
            loud = eighth in (0, 3, 6)
            power_chord = [guitar, guitar + 7, guitar + 12] if loud else [guitar, guitar + 7]
            length = 0.46 if loud else 0.3
            for channel in (left, right):
                song.chord(channel, power_chord, start + eighth / 2, length, 112 if loud else 92)
            song.note(bass, root - 12 if root >= 40 else root, start + eighth / 2, 0.45, 108 if loud else 96)
        fill = bar % 4 == 3
        drum_pattern(song, start, 0.5, {
            KICK: "X.xX..X." if not fill else "X.xX....", SNARE: "..X...X." if not fill else "..X.....",
            (CRASH if bar % 4 == 0 else RIDE): "X.......", CLOSED_HAT: "xxxxxxxx" if not fill else "xxxx...."})
        if fill:
            drum_pattern(song, start + 2, 0.25, {SNARE: "XxX.....", HIGH_TOM: "...Xx...", LOW_TOM: ".....xXX"})
    riff = [(76, 1.5), (79, 0.5), (81, 1), (79, 1), (76, 1), (74, 0.5), (76, 2.5)]
    answer = [(83, 1.5), (81, 0.5), (79, 1), (81, 1), (79, 0.5), (76, 0.5), (74, 1), (71, 2)]
    beat = song.melody(lead, 16, riff + answer, 110)
    beat = song.melody(lead, beat, [(88, 1), (86, 1), (83, 1), (81, 1)] + riff[:1] + [(79, 0.5), (83, 2)] + answer[:-1], 114)
    song.melody(lead, beat, [(76, 2), (79, 1), (83, 1), (86, 2), (83, 1), (86, 1)], 116)
    for channel in (left, right):
        song.chord(channel, [40, 47, 52, 59], 56, 5, 120)
    song.note(lead, 88, 56, 4, 112)
    song.note(bass, 28, 56, 5, 112)
    drum_pattern(song, 56, 0.5, {KICK: "X", CRASH: "X", SNARE: "X"})
    return song


def piano_ballad():
    """F major, 66 to the minute: broken chords in the left hand, a slow song in the right, pedal."""
    song = Song(66, seed=2, timing_s=0.018, velocity_spread=5)
    song.instrument(0, 0, volume=110, reverb=70)
    chords = [(41, 48, 53, 57), (40, 48, 52, 55), (38, 45, 50, 53), (46, 53, 58, 62), (41, 48, 53, 57), (43, 50, 55, 58)]
    tune = [[(69, 1.5), (72, 0.5), (77, 1.5), (76, 0.5)], [(76, 1), (74, 0.5), (72, 2), (67, 0.5)],
            [(69, 1.5), (74, 0.5), (77, 1), (81, 1)], [(79, 0.5), (77, 1), (74, 1.5), (70, 1)],
            [(72, 1.5), (77, 0.5), (81, 1), (84, 1)], [(82, 0.75), (81, 0.25), (79, 1), (77, 1), (76, 1)]]
    for bar, (chord, notes) in enumerate(zip(chords, tune)):
        start = bar * 4
        low, fifth, octave, third = chord
        for index, pitch in enumerate((low, fifth, octave, third, third + 3, third, octave, fifth)):
            song.note(0, pitch, start + index / 2, 0.9, 62 if index == 0 else 50)
        song.melody(0, start, notes, 82, legato=1.1)
        if bar in (2, 4):
            song.melody(0, start, [(pitch - (9 if bar == 2 else 8), length) for pitch, length in notes[:2]], 58)
        pedal(song, 0, start, 4)
    song.chord(0, [29, 41, 48, 53, 57, 65, 69, 77], 24, 4, 66, strum=0.09)
    pedal(song, 0, 24, 4)
    return song


def pedal(song, channel, beat, length):
    song.control(channel, beat + 0.08, 64, 127)
    song.control(channel, beat + length - 0.02, 64, 0)


def techno():
    """A minor, 130 to the minute: four on the floor, a synthetic bass in sixteenths, saw-tooth arpeggio, pad."""
    song = Song(130, seed=3, timing_s=0.0, velocity_spread=3)
    bass, arpeggio, pad, stab = 0, 1, 2, 3
    song.instrument(bass, 38, volume=112, reverb=10)
    song.instrument(arpeggio, 81, volume=78, pan=48, reverb=80)
    song.instrument(pad, 90, volume=100, reverb=100)
    song.instrument(stab, 62, volume=70, pan=84, reverb=70)
    song.instrument(DRUMS, 25, volume=108, reverb=15)
    roots = [45, 45, 45, 48, 45, 45, 41, 43, 45, 45, 41, 43, 45, 45]
    for bar, root in enumerate(roots):
        start = bar * 4
        pause = bar == 7
        drums = {CLOSED_HAT: "xxxxxxxxxxxxxxxx"} if pause else {
            KICK: "X...X...X...X...", OPEN_HAT: "..X...X...X...X.", CLOSED_HAT: "xx.xxx.xxx.xxx.x"}
        if bar >= 2 and not pause:
            drums[CLAP] = "....X.......X..x"
        drum_pattern(song, start, 0.25, drums)
        if pause:
            drum_pattern(song, start + 2, 0.125, {SNARE: "xxxxxxxxXXXXXXXX"})
        else:
            for index, interval in enumerate((0, 0, 12, 0, 0, 10, 0, 12, 0, 0, 7, 0, 12, 0, 10, 7)):
                song.note(bass, root - 12 + interval, start + index / 4, 0.2, 110 if index % 4 == 2 else 92)
        minor = root in (45,)
        chord = (root, root + (3 if minor else 4), root + 7)
        if bar >= 4:
            figure = (0, 1, 2, 3, 2, 1, 0, 2, 3, 1, 2, 0, 3, 2, 1, 2)
            notes = chord + (root + 12,)
            for index, position in enumerate(figure):
                song.note(arpeggio, notes[position] + 24, start + index / 4, 0.22, 60 + 2.5 * min(bar, 12) + 12 * (index % 4 == 0))
        if bar >= 6:
            song.chord(pad, [pitch + 12 for pitch in chord], start, 4, 74)
        if bar >= 8:
            for offset in (0.75, 1.5, 3.25):
                song.chord(stab, [pitch + 12 for pitch in chord], start + offset, 0.25, 96)
    song.swell(pad, 24, 32, 40, 127)
    drum_pattern(song, 56, 0.25, {KICK: "X", CRASH: "X"})
    song.note(bass, 33, 56, 1, 110)
    return song


def string_orchestra():
    """D minor, 54 to the minute: four parts for strings, an oboe above, horns and timpani at the height."""
    song = Song(54, seed=4, timing_s=0.02, velocity_spread=4)
    violins, violas, cellos, basses, oboe, horns, timpani = range(7)
    for channel, program, volume, pan in ((violins, 48, 122, 40), (violas, 49, 92, 60), (cellos, 42, 108, 84),
                                          (basses, 43, 104, 96), (oboe, 68, 80, 66), (horns, 60, 100, 50), (timpani, 47, 100, 64)):
        song.instrument(channel, program, volume, pan, reverb=110)
    #         soprano, alto and tenor, cello, bass for each half bar
    harmony = [((74, 77), (65, 69), 57, 38), ((76, 79), (67, 70), 55, 43), ((77, 81), (65, 69), 57, 41), ((74, 82), (65, 70), 58, 34),
               ((76, 79), (64, 67), 55, 36), ((77, 81), (65, 69), 53, 41), ((74, 82), (62, 67), 55, 43), ((76, 81), (64, 69), 57, 45),
               ((77, 86), (69, 74), 62, 38), ((73, 81), (64, 69), 57, 33), ((74, 77), (65, 69), 50, 38)]
    for index, (high, middle, cello, bass) in enumerate(harmony):
        start, length = index * 2, 2.05 if index < 10 else 3.5
        song.chord(violins, high, start, length, 84)
        song.chord(violas, middle, start, length, 76)
        song.note(cellos, cello, start, length, 82)
        song.note(basses, bass, start, length, 80)
    tune = [(None, 2), (81, 1.5), (79, 0.5), (77, 1), (76, 0.5), (77, 0.5), (74, 2), (79, 1), (84, 1), (81, 1.5), (77, 0.5),
            (82, 1), (79, 0.5), (74, 0.5), (76, 1), (81, 1), (86, 1.5), (84, 0.5), (82, 0.5), (81, 1), (79, 0.5), (77, 3)]
    song.melody(oboe, 0, tune, 88, legato=1.0)
    song.melody(horns, 12, [(62, 2), (64, 2), (65, 2), (57, 2), (62, 3)], 86)
    for index in range(16):
        song.note(timpani, 45, 14 + index / 8, 0.2, 40 + 4 * index)
    song.note(timpani, 38, 16, 2, 112)
    song.note(timpani, 45, 18, 1, 84)
    song.note(timpani, 38, 20, 3, 70)
    for channel in (violins, violas, cellos, basses):
        song.swell(channel, 0, 8, 62, 92)
        song.swell(channel, 8, 16, 92, 127)
        song.swell(channel, 17, 23, 127, 48)
    return song


def folk_guitar():
    """G major, 104 to the minute: picked steel-string guitar, harmonica, upright bass, a shaker."""
    song = Song(104, seed=5, timing_s=0.012, velocity_spread=8)
    guitar, harmonica, bass = 0, 1, 2
    song.instrument(guitar, 25, volume=104, pan=46)
    song.instrument(harmonica, 22, volume=115, pan=78, reverb=60)
    song.instrument(bass, 32, volume=104)
    song.instrument(DRUMS, 0, volume=118)
    shapes = {"G": (43, 50, 55, 59, 62, 67), "C": (48, 43, 55, 60, 64, 67), "D": (50, 45, 57, 62, 66, 69), "Em": (40, 47, 55, 59, 64, 67)}
    for bar, name in enumerate(("G", "G", "C", "G", "Em", "C", "D", "G", "C", "D")):
        start = bar * 4
        low, fifth, third_string, second, first, top = shapes[name]
        thumb = (low, third_string, fifth, third_string) * 2
        for index, pitch in enumerate(thumb[:4]):
            song.note(guitar, pitch, start + index, 0.95, 92 if index % 2 == 0 else 74)
        for offset, pitch in ((0, first), (1.5, second), (2.5, first), (3.5, second if bar % 2 else top)):
            song.note(guitar, pitch, start + offset, 0.9, 86)
        song.note(bass, low - 12 if low >= 43 else low, start, 1.8, 92)
        song.note(bass, fifth - 12 if fifth >= 43 else fifth, start + 2, 1.8, 84)
        drum_pattern(song, start, 0.5, {SHAKER: "x.Xxx.Xx", RIM: "..x...x."})
    tune = [(71, 1.5), (74, 0.5), (79, 2), (76, 1), (74, 1), (71, 1.5), (69, 0.5), (67, 1.5), (71, 0.5), (74, 1), (76, 1),
            (79, 2), (76, 1), (72, 1), (69, 1), (74, 1), (78, 1), (76, 1), (74, 2), (71, 1), (67, 1), (72, 1.5), (76, 0.5), (79, 1), (76, 1),
            (74, 1), (72, 0.5), (71, 0.5), (69, 2)]
    song.melody(harmonica, 8, tune, 84)
    song.chord(guitar, shapes["G"], 40, 4, 92, strum=0.05)
    song.note(harmonica, 67, 40, 3, 80)
    song.note(bass, 31, 40, 4, 90)
    return song


def jazz_trio():
    """A blues in B flat, 132 to the minute, swinging: piano, walking bass, brushes and ride cymbal."""
    song = Song(132, seed=6, timing_s=0.012, velocity_spread=8)
    piano, bass = 0, 1
    song.instrument(piano, 0, volume=127, pan=50, reverb=50)
    song.instrument(bass, 32, volume=84, pan=74)
    song.instrument(DRUMS, 40, volume=127)
    swing = 0.16  # of a beat, by which the second eighth comes late
    roots = [34, 39, 34, 34, 39, 40, 34, 31, 36, 41, 34, 41]
    voicings = {34: (56, 60, 62), 39: (55, 61, 65), 40: (55, 61, 64), 31: (53, 59, 64), 36: (58, 63, 67), 41: (57, 63, 67)}
    for bar, root in enumerate(roots):
        start = bar * 4
        following = roots[(bar + 1) % len(roots)]
        third = 3 if root == 36 else 4
        approach = following + song.random.choice((-1, 1))
        walk = (root, root + third, root + 7, approach) if bar % 2 == 0 else (root, root + 7, root + 10, approach)
        for index, pitch in enumerate(walk):
            song.note(bass, pitch, start + index, 0.9, 100)
        for offset in song.random.choice(((0, 1.5 + swing), (0.5 + swing, 2), (1, 2.5 + swing))):
            song.chord(piano, voicings[root], start + offset, 0.4, 66)
        drum_pattern(song, start, 0.5, {RIDE: "X.xxX.xx", PEDAL_HAT: "..x...x.", SNARE: "x..x..x." if bar % 4 != 3 else "x..xx.xX", KICK: "x...x..."},
                     swing=2 * swing)
    blues = [(None, .5), (77, .5), (80, .5), (82, .5), (81, 1), (77, 1), (None, .5), (79, .5), (82, .5), (85, .5), (84, .5), (82, .5), (80, 1),
             (77, .5), (73, .5), (74, .5), (77, .5), (80, 1), (None, 1), (82, .5), (80, .5), (77, .5), (76, .5), (75, .5), (73, .5), (70, 1),
             (None, .5), (75, .5), (79, .5), (82, .5), (85, 1.5), (84, .5), (82, .5), (79, .5), (76, .5), (79, .5), (82, 1), (None, 1),
             (77, .5), (80, .5), (82, .5), (86, .5), (84, .5), (82, .5), (80, .5), (77, .5), (79, .5), (81, .5), (83, .5), (86, .5), (83, 1), (None, 1),
             (82, .5), (79, .5), (75, .5), (74, .5), (72, 1), (79, 1), (81, .5), (79, .5), (77, .5), (75, .5), (73, .5), (72, .5), (69, 1),
             (70, .5), (73, .5), (74, .5), (77, .5), (80, 1), (77, 1), (75, .5), (73, .5), (72, .5), (69, .5), (70, 2)]
    beat = 0.0
    for pitch, length in blues:
        late = swing if beat % 1 == 0.5 else 0.0
        if pitch is not None:
            song.note(piano, pitch, beat + late, length * 0.9, 90 + 8 * (late > 0))
        beat += length
    song.chord(piano, (56, 60, 62, 67), 48, 2.5, 76, strum=0.03)
    song.note(bass, 34, 48, 2.5, 96)
    drum_pattern(song, 48, 0.5, {RIDE: "X", KICK: "x"})
    return song
