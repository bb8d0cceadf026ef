"""What is compared with what. A plan is a list of (name, changes to the base)."""

MUSICNN = ["msd_musicnn", "mtt_musicnn"]
JAMENDO = ["jamendo_musicnn", "jamendo_fcn"]
ALL_SOFT = [*MUSICNN, "audioset_mn04", *JAMENDO, "mtat_fcn", "msd_fcn"]

TEACHERS = [
    ("both of musicnn", {}),
    ("soft labels alone", {"embeddings": []}),
    ("embeddings alone", {"soft": []}),
    ("both, and mn04 both", {"soft": [*MUSICNN, "audioset_mn04"], "embeddings": [*MUSICNN, "audioset_mn04"]}),
    ("both, and mn04 soft", {"soft": [*MUSICNN, "audioset_mn04"]}),
    ("both, and mn04 features", {"embeddings": [*MUSICNN, "audioset_mn04"]}),
    ("both, and jamendo soft", {"soft": [*MUSICNN, *JAMENDO]}),
    ("all", {"soft": ALL_SOFT, "embeddings": [*MUSICNN, "audioset_mn04"]}),
    ("msd both alone", {"soft": ["msd_musicnn"], "embeddings": ["msd_musicnn"]}),
    ("dropout 0.5", {"dropout": 0.5}),
    ("both, seed 2", {"seed": 2}),
]

SCALES = [(f"{frames} frames", {"frames": frames}) for frames in (18, 27, 54, 108, 216, 36)]

DATA = [(f"{hours} h", {"hours": hours}) for hours in (5, 10, 20)] + [
    ("and mirex, gtzan, emotify", {"sets": ["free-music", "mirex", "gtzan-subset", "emotify"], "not_artists_of": ["allmusic"]}),
]

WIDTHS = [
    ("width 1.5", {"width": 1.5}),
    ("width 2", {"width": 2.0}),
    ("wider above: 128 256 512 512", {"layers": [[3, 128, 3], [3, 256, 3], [3, 512, 3], [2, 512, 2]]}),
    ("a convolution more in levels 2 to 4", {"layers": [[3, 128, 3], [3, 128, 1], [3, 128, 3], [3, 256, 1], [3, 256, 3], [2, 256, 2]]}),
    ("pool 2 first: 2 3 3 3", {"layers": [[3, 128, 2], [3, 128, 3], [3, 256, 3], [3, 256, 3]]}),
    ("first kernel 1, 256 filters", {"layers": [[1, 256, 3], [3, 256, 3], [3, 512, 3], [2, 512, 2]]}),
    ("dense 512", {"dense": 512}),
]

SETTINGS = [
    ("5 epochs", {"epochs": 5}), ("30 epochs", {"epochs": 30}), ("60 epochs", {"epochs": 60}),
    ("no gain", {"gain": [0.0, 0.0]}),
    ("equalizer 6 dB", {"equalizer": 6.0}),
    ("no masks", {"masked_bands": 0}),
    ("masks of frames too", {"masked_frames": 8}),
    ("soft weight 4", {"soft_weight": 4.0}), ("embedding weight 4", {"embedding_weight": 4.0}),
    ("targets of the clip", {"target": "clip"}), ("targets interpolated", {"target": "interpolated"}),
    ("rate 4e-3", {"rate": 4e-3}), ("batch 512, rate 3e-3", {"batch": 512, "rate": 3e-3}), ("batch 128", {"batch": 128}),
    ("normalized by band", {"normalization": "bands"}),
]

FOLDS = [(f"{name}, fold {fold}", {"fold": fold, **changes})
         for name, changes in (("allmusic's training folds, soft", {}), ("allmusic's training folds, soft and tags", {"tags_weight": 1.0}))
         for fold in range(5)]

PLANS = {"teachers": TEACHERS, "scales": SCALES, "data": DATA, "widths": WIDTHS, "settings": SETTINGS, "folds": FOLDS}
