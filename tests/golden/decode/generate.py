#!/usr/bin/env python3
"""Makes the audio files and expected values of the decode tests, and the corpus of fuzz/decode.cpp.

    /tmp/venv/bin/python tests/golden/decode/generate.py

Made with ffmpeg 5.1.9 (Debian 12), python-soxr 1.1.0 (bundled libsoxr 0.1.3), numpy 2.4.6. Needs ffmpeg on the path, and
`pip install numpy soxr`; lame 3.100 for free_format*.mp3, and flac 1.4.2 for blocks.oga.

tone_RATE.wav            16-bit WAV: sine and noise, 0.1 s
tone_RATE_to_22050.f32   soxr.resample(tone, RATE, 22050, quality="HQ"), float32 little endian; tolerance 1e-5
long.*                   2 s of a sine, to be cut
coded.*                  pink noise in many formats: 0.25 s, or 0.1 s where nothing is lost
surround.flac, .wav      5.1 channels, each with noise of its own
hidden_*.wav             coded audio in a WAV whose header calls it 16-bit PCM, as rips of DTS CDs are
free_format*.mp3         MPEG audio of free format, with the header that declares its length and without; and with
                         sound in the left channel alone
protected.*              encrypted: MP4 by common encryption, WMA and WebM by a header that declares it
tracks_*                 two audio streams of 0.3 s: 500 Hz at a low bit rate, then 2,000 Hz at a high one
blocks.oga               FLAC in Ogg with more blocks of metadata than ffmpeg writes
undecodable.wav          AAC without frame headers in a WAV, 2 s, which ffmpeg cannot take apart
expected.tsv             file, rate, samples a channel as `ffmpeg -i FILE -f f32le` decodes them, and the root mean square
                         of their mean over the channels; tolerance: none for the count, 1e-4 relative for the rest (the
                         library decodes as ffmpeg does, on any processor). free_format*.mp3: as `lame --decode` does
"""

import pathlib
import shutil
import struct
import subprocess

import numpy
import soxr

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "fuzz" / "corpus" / "decode"
RATES = (8000, 16000, 32000, 44100, 48000)
NOISE = "anoisesrc=color=pink:seed=7:amplitude=0.5"
PICTURE = "testsrc=size=64x64:rate=5:duration=0.4"

# name: source rate, channels, encoder options
CODED = {
    "coded.mp3": (16000, 2, "-c:a libmp3lame -b:a 48k"),
    "coded_no_length.mp3": (44100, 1, "-c:a libmp3lame -b:a 64k -write_xing 0 -id3v2_version 0"),
    "coded_no_length_stereo.mp3": (16000, 2, "-c:a libmp3lame -b:a 48k -write_xing 0 -id3v2_version 0"),
    "coded.ogg": (16000, 2, "-c:a libvorbis -q:a 1"),
    "coded.opus": (48000, 2, "-c:a libopus -b:a 32k"),
    "coded.m4a": (16000, 2, "-c:a aac -b:a 48k"),
    "coded_front.m4a": (16000, 2, "-c:a aac -b:a 48k -movflags +faststart"),
    "coded.aac": (16000, 2, "-c:a aac -b:a 48k -f adts"),
    "coded.wma": (16000, 2, "-c:a wmav2 -b:a 48k"),
    "coded.ac3": (48000, 2, "-c:a ac3 -b:a 96k"),
    "coded.webm": (48000, 1, "-c:a libopus -b:a 32k"),
    "coded.mka": (16000, 1, "-c:a flac -sample_fmt s16"),
    "coded.flac": (16000, 2, "-c:a flac -sample_fmt s16"),
    "coded_s24.flac": (16000, 2, "-c:a flac -sample_fmt s32"),
    "coded.aiff": (16000, 2, "-c:a pcm_s16be"),
    "coded.wv": (16000, 2, "-c:a wavpack"),
    "coded.oga": (16000, 2, "-c:a flac -sample_fmt s16"),
    "coded_small_blocks.oga": (16000, 2, "-c:a flac -sample_fmt s16 -frame_size 256"),
    "coded.w64": (16000, 2, "-c:a pcm_s16le"),
    "coded.caf": (16000, 2, "-c:a pcm_s16be"),
    "coded.spx": (16000, 1, "-c:a libspeex"),
    "coded.avi": (16000, 2, "-c:a libmp3lame -b:a 48k"),
    "coded_u8.wav": (16000, 2, "-c:a pcm_u8"),
    "coded_s16.wav": (16000, 2, "-c:a pcm_s16le"),
    "coded_rf64.wav": (16000, 2, "-c:a pcm_s16le -rf64 always"),
    "coded_s24.wav": (16000, 2, "-c:a pcm_s24le"),
    "coded_s32.wav": (16000, 2, "-c:a pcm_s32le"),
    "coded_f32.wav": (16000, 2, "-c:a pcm_f32le"),
    "coded_f64.wav": (16000, 1, "-c:a pcm_f64le"),
    "coded_mulaw.wav": (16000, 2, "-c:a pcm_mulaw"),
}

# Two seconds, to be cut: name, encoder options
LONG = {
    "long.mp3": "-c:a libmp3lame -b:a 16k",
    "long_front.m4a": "-c:a aac -b:a 16k -movflags +faststart",
    "long.flac": "-c:a flac -sample_fmt s16",
    "long.mka": "-c:a libmp3lame -b:a 16k",
    "long.opus": "-c:a libopus -b:a 16k",
    "long_pages.opus": "-c:a libopus -b:a 16k -page_duration 100000",
    "long.ogg": "-c:a libvorbis -q:a 0 -page_duration 100000",
    "long.oga": "-c:a flac -sample_fmt s16 -page_duration 100000",
    "long.caf": "-c:a pcm_mulaw",
    "long.w64": "-c:a pcm_mulaw",
    "long.wma": "-c:a wmav2 -b:a 24k",
    "long.avi": "-c:a libmp3lame -b:a 16k",
}

# Coded audio that a WAV header calls PCM: name, format of the coded audio alone, rate, encoder options, seconds
HIDDEN = {
    "hidden_dts.wav": ("dts", 44100, "-c:a dca -strict -2 -b:a 1411k", 0.15),
    "hidden_mp3.wav": ("mp3", 44100, "-c:a libmp3lame -b:a 128k -write_xing 0 -id3v2_version 0", 0.15),
    "hidden_ac3.wav": ("ac3", 48000, "-c:a ac3 -b:a 192k", 0.5),
    "hidden_ac3_iec61937.wav": ("spdif", 48000, "-c:a ac3 -b:a 192k", 0.15),
}

# name: rate, channels, options of lame
FREE_FORMAT = {
    "free_format.mp3": (44100, 2, "-b 400"),
    "free_format_left.mp3": (44100, 2, "-m s -b 330 --scale-r 0"),
    "free_format_no_length.mp3": (22050, 1, "-b 200 -t --tt Title --id3v2-only"),
}

# Of the streams: name, options of the container, dispositions, languages
TRACKS = {
    "tracks_default.mp4": ("-c:a aac", ("default", "default"), ("deu", "eng")),
    "tracks.ts": ("-c:a aac", ("0", "0"), ("deu", "eng")),
    "tracks.mka": ("-c:a libmp3lame", ("0", "0"), ("deu", "eng")),
    "tracks_second_default.mka": ("-c:a libmp3lame", ("0", "default"), ("deu", "eng")),
    "tracks_first_described.mka": ("-c:a libmp3lame", ("default+visual_impaired", "0"), ("deu", "eng")),
}


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True)


def make(name, rate, channels, options, duration_s, folder):
    source = f"{NOISE}:duration={duration_s}:sample_rate={rate}"
    ffmpeg("-f", "lavfi", "-i", source, "-ac", channels, "-fflags", "+bitexact", "-flags:a", "+bitexact",
           "-metadata_header_padding", 16, *options.split(), folder / name)


def write_long():
    for name, options in LONG.items():
        ffmpeg("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=8000:duration=2", "-fflags", "+bitexact", "-flags:a",
               "+bitexact", "-metadata_header_padding", 16, *options.split(), HERE / name)


def pcm_wav_header(rate, channels, data_bytes):
    return struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + data_bytes, b"WAVE", b"fmt ", 16, 1, channels, rate,
                       2 * channels * rate, 2 * channels, 16, b"data", data_bytes)


def write_hidden():
    for name, (form, rate, options, duration_s) in HIDDEN.items():
        source = f"{NOISE}:duration={duration_s}:sample_rate={rate}"
        coded = HERE / "hidden"
        ffmpeg("-f", "lavfi", "-i", source, "-ac", 2, "-fflags", "+bitexact", "-flags:a", "+bitexact", *options.split(),
               "-f", form, coded)
        data = coded.read_bytes()
        coded.unlink()
        (HERE / name).write_bytes(pcm_wav_header(rate, 2, len(data)) + data)


def write_free_format():
    for name, (rate, channels, options) in FREE_FORMAT.items():
        source = f"{NOISE}:duration=0.3:sample_rate={rate}"
        ffmpeg("-f", "lavfi", "-i", source, "-ac", channels, HERE / "free.wav")
        lame = ["lame", "--quiet", "--freeformat", *options.split(), HERE / "free.wav", HERE / name]
        subprocess.run(lame, check=True)
        (HERE / "free.wav").unlink()


def asf_object(guid, content):
    return guid + struct.pack("<Q", 24 + len(content)) + content


def write_protected():
    source = ("-f", "lavfi", "-i", f"{NOISE}:duration=0.25:sample_rate=16000", "-fflags", "+bitexact", "-flags:a",
              "+bitexact")
    key = "76a6c65c5ea762046bd749a2e632ccbb"
    ffmpeg(*source, "-c:a", "aac", "-b:a", "24k", "-encryption_scheme", "cenc-aes-ctr", "-encryption_key", key,
           "-encryption_kid", key, HERE / "protected.mp4")
    # The header of coded.wma with a Content Encryption Object (ASF specification, 3.14) as its last one.
    wma = (HERE / "coded.wma").read_bytes()
    header_bytes, objects = struct.unpack_from("<QI", wma, 16)
    fields = [b"0123456789abcdef", b"DRM\0", b"key\0", b"url\0"]
    encryption = asf_object(bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"),
                            b"".join(struct.pack("<I", len(field)) + field for field in fields))
    header = wma[:16] + struct.pack("<QI", header_bytes + len(encryption), objects + 1) + wma[28:header_bytes]
    (HERE / "protected.wma").write_bytes(header + encryption + wma[header_bytes:])
    # A WebM whose only track has a ContentEncodings element (WebM Encryption, RFC 9559 5.1.4.1.31) with a key.
    ffmpeg(*source, "-ar", 48000, "-c:a", "libopus", "-b:a", "24k", "-live", 1, HERE / "protected.webm")
    webm = (HERE / "protected.webm").read_bytes()
    encryption = element("5035", element("47e1", b"\x05") + element("47e2", b"0123456789abcdef"))
    encodings = element("6d80", element("6240", element("5031", b"\0") + element("5032", b"\x01") +
                                        element("5033", b"\x01") + encryption))
    tracks_at = webm.rindex(bytes.fromhex("1654ae6b"))  # the first one is in the table of contents
    tracks, tracks_end = content_of(webm, tracks_at + 4)
    track, _ = content_of(tracks, 1)
    longer = element("1654ae6b", element("ae", track + encodings))
    (HERE / "protected.webm").write_bytes(webm[:tracks_at] + longer + webm[tracks_end:])


def element(identifier, content):
    """One of Matroska, with a length of eight bytes."""
    return bytes.fromhex(identifier) + struct.pack(">Q", 1 << 56 | len(content)) + content


def content_of(matroska, length_at):
    """The content of an element and where it ends."""
    length_bytes = 9 - matroska[length_at].bit_length()
    mask = (1 << 7 * length_bytes) - 1
    length = int.from_bytes(matroska[length_at:length_at + length_bytes], "big") & mask
    start = length_at + length_bytes
    return matroska[start:start + length], start + length


def write_tracks():
    for name, (options, dispositions, languages) in TRACKS.items():
        sources = []
        for frequency in (500, 2000):
            sources += ["-f", "lavfi", "-i", f"sine=frequency={frequency}:sample_rate=32000:duration=0.3"]
        of_streams = []
        for i in range(2):
            of_streams += [f"-b:a:{i}", ("32k", "128k")[i], f"-disposition:a:{i}", dispositions[i],
                           f"-metadata:s:a:{i}", f"language={languages[i]}"]
        ffmpeg(*sources, "-map", 0, "-map", 1, *options.split(), *of_streams, "-fflags", "+bitexact", "-flags:a",
               "+bitexact", HERE / name)


def write_blocks():
    subprocess.run(["flac", "--ogg", "--silent", "--force", "--serial-number=1", "--padding=200", "--seekpoint=0.05s",
                    "-o", HERE / "blocks.oga", HERE / "coded_s16.wav"], check=True)


def write_undecodable():
    ffmpeg("-f", "lavfi", "-i", f"{NOISE}:duration=2:sample_rate=16000", "-c:a", "aac", "-b:a", "24k", "-fflags",
           "+bitexact", "-flags:a", "+bitexact", HERE / "undecodable.wav")


def write_tone(rate):
    time_s = numpy.arange(rate // 10) / rate
    noise = numpy.random.default_rng(rate).uniform(-0.1, 0.1, time_s.size)
    tone = numpy.round(32767 * (0.5 * numpy.sin(2 * numpy.pi * 1000 * time_s) + noise)).astype("<i2")
    (HERE / f"tone_{rate}.wav").write_bytes(pcm_wav_header(rate, 1, tone.nbytes) + tone.tobytes())
    expected = soxr.resample((tone / 32768).astype("float32"), rate, 22050, quality="HQ")
    expected.astype("<f4").tofile(HERE / f"tone_{rate}_to_22050.f32")


def write_surround():
    sources = []
    for seed in range(1, 7):
        sources += ["-f", "lavfi", "-i", f"anoisesrc=seed={seed}:amplitude=0.3:duration=0.1:sample_rate=16000"]
    join = "[0][1][2][3][4][5]join=inputs=6:channel_layout=5.1"
    for name in ("surround.flac", "surround.wav"):
        ffmpeg(*sources, "-filter_complex", join, "-sample_fmt", "s16", "-fflags", "+bitexact",
               "-metadata_header_padding", 16, HERE / name)


def write_pictures():
    """A film without sound, sound with a cover and tags, and a film with sound."""
    film = ("-f", "lavfi", "-i", PICTURE)
    for name in ("silent_film.mp4", "silent_film.mkv"):
        ffmpeg(*film, "-c:v", "mpeg4", "-fflags", "+bitexact", HERE / name)
    ffmpeg("-i", HERE / "coded.mp3", *film, "-map", 0, "-map", 1, "-frames:v", 1, "-c:a", "copy", "-c:v", "mjpeg",
           "-disposition:v", "attached_pic", "-metadata", "title=Noise", "-metadata", "artist=Nobody", "-write_id3v1",
           1, "-fflags", "+bitexact", HERE / "cover.mp3")
    ffmpeg("-i", HERE / "coded_front.m4a", *film, "-map", 1, "-map", 0, "-c:a", "copy", "-c:v", "mpeg4", "-fflags",
           "+bitexact", HERE / "film.mp4")


def measure_free_format(name):
    decode = ["lame", "--quiet", "--decode", "-t", str(HERE / name), "-"]
    samples = numpy.frombuffer(subprocess.run(decode, check=True, capture_output=True).stdout, "<i2") / 32768
    rate, channels, options = FREE_FORMAT[name]
    mean = samples.reshape(-1, channels).mean(axis=1)
    if " -t " in options:
        mean = numpy.concatenate([numpy.zeros(529), mean])  # of the decoder's delay, which lame leaves out
    return f"{name}\t{rate}\t{mean.size}\t{numpy.sqrt(numpy.mean(mean ** 2)):.8f}\n"


def measure(name):
    probe = ["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=sample_rate,channels", "-of",
             "csv=p=0", str(HERE / name)]
    rate, channels = map(int, subprocess.run(probe, check=True, capture_output=True, text=True).stdout.split(","))
    decode = ["ffmpeg", "-v", "error", "-i", str(HERE / name), "-map", "0:a:0", "-f", "f32le", "-"]
    samples = numpy.frombuffer(subprocess.run(decode, check=True, capture_output=True).stdout, "<f4")
    mean = samples.reshape(-1, channels).astype("float64").mean(axis=1)
    return f"{name}\t{rate}\t{mean.size}\t{numpy.sqrt(numpy.mean(mean ** 2)):.8f}\n"


def write_corpus():
    """Shorter than the test files: a fuzzer is the quicker for it."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    for name, (rate, channels, options) in CODED.items():
        make(name, rate, channels, options, 0.06, CORPUS)
    for name in ("cover.mp3", "silent_film.mp4", "free_format_no_length.mp3", "protected.mp4", "protected.wma",
                 "protected.webm", "undecodable.wav"):
        shutil.copy(HERE / name, CORPUS / name)
    (CORPUS / "playlist.m3u8").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\na.mp3\n#EXT-X-ENDLIST\n")
    (CORPUS / "text.mp3").write_text("This is not music.\n" * 20)
    (CORPUS / "empty").write_bytes(b"")


def main():
    for rate in RATES:
        write_tone(rate)
    for name, (rate, channels, options) in CODED.items():
        lossless = any(word in options for word in ("pcm", "flac", "wavpack"))
        make(name, rate, channels, options, 0.1 if lossless else 0.25, HERE)
    write_long()
    write_hidden()
    write_free_format()
    write_protected()
    write_undecodable()
    write_blocks()
    write_tracks()
    write_surround()
    write_pictures()
    names = [*CODED, *HIDDEN, "surround.flac", "surround.wav", "cover.mp3", "film.mp4"]
    rows = [*map(measure, names), *map(measure_free_format, FREE_FORMAT)]
    (HERE / "expected.tsv").write_text("".join(rows))
    write_corpus()


if __name__ == "__main__":
    main()
