"""Oracle values for the preparation of tables: each formula on a small input, by the reference packages.

Needs: torch scikit-learn rtdl-num-embeddings tabm schedulefree probmetrics numba pytabkit mup
Prints one JSON object, a name a line: python tables_formulae.py > tables_formulae.json. No random numbers (only the mup check draws, and prints ratios).
"""
import json, math, warnings
import numpy as np, torch
warnings.filterwarnings("ignore")
OUT = {}


def put(name, **kv):
    def plain(v):
        if torch.is_tensor(v): v = v.detach().double().numpy()
        if isinstance(v, np.ndarray): v = v.tolist()
        if isinstance(v, (np.floating, np.integer)): v = v.item()
        if isinstance(v, (list, tuple)): return [plain(x) for x in v]
        if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
        return float(f"{v:.9g}") if isinstance(v, float) else v
    OUT[name] = {k: plain(v) for k, v in kv.items()}


def preprocessing():
    from pytabkit.models.data.data import DictDataset, TensorInfo
    from pytabkit.models.nn_models.models import smooth_clip_func
    from pytabkit.models.nn_models.pipeline import MedianCenterFactory, RobustScaleFactory
    x = torch.tensor([[0., 0, 7], [1, 0, 7], [2, 0, 7], [3, 0, 7], [10, 1, 7]])
    ds = DictDataset({"x_cont": x}, {"x_cont": TensorInfo(feat_shape=[3])})
    centre = MedianCenterFactory().fit(ds)
    ds2 = centre.forward_ds(ds)
    scale = RobustScaleFactory().fit(ds2)
    z = scale.forward_ds(ds2).tensors["x_cont"]
    put("robust_scale", x=x, factor=scale.scale, scaled=z, clipped=smooth_clip_func(z),
        clip_of=[[v, smooth_clip_func(torch.tensor(v)).item()] for v in (0.1, 1., 3., 10., 1000.)])

    from pytabkit.models.utils import TabrQuantileTransformer
    from sklearn.preprocessing import QuantileTransformer
    col = np.array([3., 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8])[:, None]
    q = QuantileTransformer(n_quantiles=max(min(len(col) // 30, 1000), 10), output_distribution="normal",
                            subsample=10**9).fit(col)
    at = np.array([0., 1, 1.5, 3, 5, 5.5, 8, 9, 20])
    put("quantile_normal", train=col[:, 0], n_quantiles=q.n_quantiles_, quantiles=q.quantiles_[:, 0], x=at,
        out=q.transform(at[:, None])[:, 0])

    from pytabkit.models.nn_models.categorical import SingleOneHotLayer
    hot = lambda size, code: SingleOneHotLayer(None, (1., 0.), size, True, True).forward_tensors(
        {"x_cat": torch.tensor([[code]])})["x_cont"][0]
    put("one_hot_realmlp", note="code 0 = missing or unknown; size counts it",
        binary=[hot(3, c) for c in (0, 1, 2)], four=[hot(5, c) for c in range(5)], single=[hot(2, c) for c in (0, 1)])


def embeddings():
    import rtdl_num_embeddings as r
    x = torch.tensor([1., 2, 2, 3, 4, 8, 9, 20])[:, None]
    bins = r.compute_bins(x, n_bins=4)
    enc = r.PiecewiseLinearEncoding(bins)
    at = torch.tensor([[0.], [1], [2.5], [3.5], [9], [25]])
    put("ple_quantile", x=x[:, 0], bins=bins[0], at=at[:, 0], code=enc(at))
    y = torch.tensor([0., 0, 0, 1, 1, 5, 5, 5])
    tree = r.compute_bins(x, n_bins=3, tree_kwargs={"min_samples_leaf": 1}, y=y, regression=True)
    cls = r.compute_bins(x, n_bins=3, tree_kwargs={"min_samples_leaf": 2}, y=(y > 0.5).long(), regression=False)
    put("ple_tree", x=x[:, 0], y=y, bins_regression=tree[0], bins_classification=cls[0])
    two = [torch.tensor([0., 1, 3]), torch.tensor([-1., 1])]
    put("ple_two_features", bins=two, at=[[.5, 0.], [2, 5], [-1, -3]],
        code_padded=r.PiecewiseLinearEncoding(two).impl(torch.tensor([[.5, 0.], [2, 5], [-1, -3]])),
        code_flat=r.PiecewiseLinearEncoding(two)(torch.tensor([[.5, 0.], [2, 5], [-1, -3]])))
    b = r.PiecewiseLinearEmbeddings(bins, 2, activation=False, version="B")
    with torch.no_grad():
        b.linear0.weight.copy_(torch.tensor([[.5, -1.]])); b.linear0.bias.copy_(torch.tensor([[.1, .2]]))
        b.linear.weight.copy_(torch.arange(8.).reshape(1, 4, 2) / 10)
    put("pl_embedding_B", W0=[.5, -1], b0=[.1, .2], W=b.linear.weight[0], at=at[:, 0], out=b(at)[:, 0])
    p = r.PeriodicEmbeddings(1, 2, n_frequencies=2, lite=False)
    with torch.no_grad():
        p.periodic.weight.copy_(torch.tensor([[.1, -.3]]))
        p.linear.weight.copy_(torch.tensor([[[1., 2], [3, -4], [-5, 6], [.7, .8]]])); p.linear.bias.copy_(torch.tensor([[.01, -.02]]))
    v = torch.tensor([[.7], [-1.2]])
    put("plr", w=[.1, -.3], at=v[:, 0], cos_sin=p.periodic(v)[:, 0], W=p.linear.weight[0], b=p.linear.bias[0], out=p(v)[:, 0])
    w1, b1 = torch.tensor([.1, -.3]), torch.tensor([.5, -2.])
    W2, b2 = torch.tensor([[1., -2, .5], [.25, 3, -1]]), torch.tensor([.1, .2, -.3])
    from pytabkit.models.nn_models.nn import PLREmbeddingsLayerCosBias, PLREmbeddingsFactory
    from pytabkit.models.nn_models.base import Variable
    try:
        lay = PLREmbeddingsLayerCosBias(PLREmbeddingsFactory(plr_hidden_1=2, plr_hidden_2=4, plr_use_densenet=True, plr_use_cos_bias=True),
              Variable(w1.reshape(1, 1, 2), False), Variable(b1.reshape(1, 1, 2), False), Variable(W2.reshape(1, 2, 3), False),
              Variable(b2.reshape(1, 1, 3), False), "linear", True)
        out, by = lay.forward_cont(v), "pytabkit"
    except Exception as e:                      # the class wants a context in some versions: same formula written out
        out, by = torch.cat([torch.cos(2 * math.pi * v * w1 + b1) @ W2 + b2, v], 1), f"formula ({type(e).__name__})"
    put("pbld", by=by, w1=w1, b1=b1, W2=W2, b2=b2, at=v[:, 0], out=out)


def realmlp():
    from pytabkit.models.training.scheduling import get_schedule
    ts = [0, 1 / 256, .01, 1 / 15, .1, .2, .25, .4666666667, .5, .7, .75, .9, .999, 1]
    put("schedules", t=ts, coslog4=[float(get_schedule("coslog4").call_time_(t)) for t in ts],
        flat_cos=[float(get_schedule("flat_cos").call_time_(t)) for t in ts])
    x = torch.tensor([-3., -1, -.5, 0, .5, 1, 3], dtype=torch.float64, requires_grad=True)
    from pytabkit.models.nn_models.activations import mish
    for name, f in (("selu", torch.selu), ("mish", mish)):
        g, = torch.autograd.grad(f(x).sum(), x)
        a = torch.tensor(.7, dtype=torch.float64, requires_grad=True)
        y = x + (f(x) - x) * a
        gx, = torch.autograd.grad(y.sum(), x, retain_graph=True)
        put(name, x=x, y=f(x), dy=g, parametric_alpha=.7, parametric=y, parametric_dx=gx, parametric_dalpha=f(x) - x)
    X = torch.tensor([[1., 2], [0, -1], [3, 1], [-2, .5], [1, 1]])
    V = torch.tensor([[.5, -1], [1., .25]])                    # the standard-normal draw, (in, out)
    W = V / ((X @ V) / math.sqrt(2)).std(0, correction=0)
    put("ntk_std_init", x=X, draw=V, W=W, preactivation=(X @ W) / math.sqrt(2),
        he5=dict(rows=[[0, 1, 2, 3, 4], [0, 0, 1, 3, 3]], exponentials=[[.2, .4, 1, 1.4, 2], [1, 1, .5, .25, 2.25]],
                 bias=[-(((X @ W) / math.sqrt(2))[[0, 1, 2, 3, 4], 0] * torch.tensor([.2, .4, 1, 1.4, 2]) / 5).sum().item(),
                       -(((X @ W) / math.sqrt(2))[[0, 0, 1, 3, 3], 1] * torch.tensor([1, 1, .5, .25, 2.25]) / 5).sum().item()]))
    lab = torch.tensor([0, 2, 1]); lg = torch.tensor([[2., .5, -1], [0, .3, .1], [-1., 2, 0]])
    put("label_smoothing", logits=lg, label=lab, eps=.1,
        loss=torch.nn.functional.cross_entropy(lg, lab, label_smoothing=.1).item(),
        plain=torch.nn.functional.cross_entropy(lg, lab).item())


def tabm_layers():
    import tabm
    m = tabm.LinearBatchEnsemble(2, 2, k=3, scaling_init="ones")
    with torch.no_grad():
        m.weight.copy_(torch.tensor([[1., 2], [-1, .5]])); m.r.copy_(torch.tensor([[1., -1], [-1, 1], [1, 1]]))
        m.s.copy_(torch.tensor([[1., 1], [2, .5], [1, -1]])); m.bias.copy_(torch.tensor([[.1, .2], [0, 0], [-.1, .3]]))
    x = torch.tensor([[[.5, -2]] * 3])
    y = m(x); loss = (y ** 2).sum(); loss.backward()
    put("batch_ensemble", W_out_in=m.weight, r=m.r, s=m.s, bias=m.bias, x=[.5, -2], out=y[0],
        gradients_of_sum_of_squares=dict(W=m.weight.grad, r=m.r.grad, s=m.s.grad, bias=m.bias.grad))
    n = lambda **k: sum(p.numel() for p in tabm.TabM.make(**k).parameters())
    import rtdl_num_embeddings as r
    put("tabm_parameter_counts", features=8, outputs=1, tabm=n(n_num_features=8, d_out=1),
        mini=n(n_num_features=8, d_out=1, arch_type="tabm-mini"), packed=n(n_num_features=8, d_out=1, arch_type="tabm-packed"),
        tabm_cat_3_7=n(n_num_features=8, cat_cardinalities=[3, 7], d_out=1),
        tabm_pl_48_bins_16=n(n_num_features=8, d_out=1, num_embeddings=r.PiecewiseLinearEmbeddings(
            [torch.linspace(0, 1, 49)] * 8, 16, activation=False, version="B")))


GRADS = [[.1, -.2, 3.], [.3, .1, -1.], [-.2, .4, .5], [.05, -.3, 2.]]
P0 = [1., -2., .5]


def run(make, steps=GRADS, after=None):
    p = torch.nn.Parameter(torch.tensor(P0)); o = make([p]); rows = []
    if hasattr(o, "train"): o.train()
    for g in steps:
        p.grad = torch.tensor(g); o.step(); rows.append(after(p, o) if after else p.detach().clone())
    return rows


def optimisers():
    put("adamw", p0=P0, grads=GRADS, lr=.01, wd=.1, p=run(lambda q: torch.optim.AdamW(q, lr=.01, weight_decay=.1)))
    from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
    lin = torch.nn.Linear(3, 1, bias=False)
    with torch.no_grad(): lin.weight.copy_(torch.tensor([P0]))
    avg = AveragedModel(lin, multi_avg_fn=get_ema_multi_avg_fn(.9)); o = torch.optim.AdamW(lin.parameters(), lr=.01, weight_decay=.1); rows = []
    for g in GRADS:
        lin.weight.grad = torch.tensor([g]); o.step(); avg.update_parameters(lin); rows.append(avg.module.weight[0].clone())
    put("adamw_ema_0.9", ema=rows)
    import schedulefree
    def xyz(p, o):
        z = o.state[p]["z"].clone(); y = p.detach().clone(); o.eval(); x = p.detach().clone(); o.train()
        return dict(y=y, z=z, x=x)
    put("schedulefree_adamw", lr=.1, wd=.05, warmup=2, betas=[.9, .999],
        steps=run(lambda q: schedulefree.AdamWScheduleFree(q, lr=.1, weight_decay=.05, warmup_steps=2, foreach=False), after=xyz))
    G = [torch.tensor([[1., 2, -1], [.5, -1, 3]]), torch.tensor([[-.3, .2, .8], [1.5, .1, -.4]])]
    def muon(shape_t=False, **kw):
        p = torch.nn.Parameter(torch.tensor([[.1, .2, .3], [-.1, -.2, .4]]).T.contiguous() if shape_t else torch.tensor([[.1, .2, .3], [-.1, -.2, .4]]))
        o = torch.optim.Muon([p], lr=.02, weight_decay=.1, momentum=.95, **kw); rows = []
        for g in G:
            p.grad = g.T.contiguous() if shape_t else g.clone(); o.step(); rows.append(p.detach().clone())
        return rows
    def ns(M, a=3.4445, b=-4.7750, c=2.0315, steps=5):
        X = M.double(); t = X.shape[0] > X.shape[1]; X = X.T if t else X
        X = X / X.norm().clamp(min=1e-7)
        for _ in range(steps):
            A = X @ X.T; X = a * X + (b * A + c * A @ A) @ X
        return X.T if t else X
    def exact(shape_t=False):
        p = torch.tensor([[.1, .2, .3], [-.1, -.2, .4]], dtype=torch.float64); p = p.T if shape_t else p
        m = torch.zeros_like(p); rows = []
        for g in G:
            g = (g.T if shape_t else g).double(); m = .95 * m + .05 * g; u = ns(.05 * g + .95 * m)
            p = p * (1 - .02 * .1) - .02 * max(1, p.shape[0] / p.shape[1]) ** .5 * u; rows.append(p)
        return rows
    put("muon", p0=[[.1, .2, .3], [-.1, -.2, .4]], grads=G, lr=.02, wd=.1, momentum=.95, torch_bf16=muon(), exact=exact(),
        transposed_exact=exact(True), ns5_of_first_grad=ns(G[0]), ns5_singular_values=torch.linalg.svdvals(ns(G[0])),
        match_rms_adamw_bf16=muon(adjust_lr_fn="match_rms_adamw"))
    p = np.array(P0); m = v = 0.; rows = []                           # cautious AdamW (C-Optim form), written out
    for t, g in enumerate(GRADS, 1):
        g = np.array(g); m = .9 * m + .1 * g; v = .999 * v + .001 * g * g
        mask = (m * g > 0).astype(float); mask = mask / max(mask.mean(), 1e-3)
        p = p * (1 - .01 * .1); p = p - .01 / (1 - .9 ** t) * mask * m / (np.sqrt(v / (1 - .999 ** t)) + 1e-8); rows.append(p.copy())
    put("cautious_adamw", lr=.01, wd=.1, eps=1e-8, p=rows)


def calibration():
    lg = np.array([[2., .5, -1], [0, 3., .1], [-1., 2, 0], [4, 0, 0], [.2, .1, 3], [1, 5, 0.]]); y = np.array([0, 2, 1, 0, 2, 0])
    from probmetrics.calibrators import get_calibrator
    from probmetrics.distributions import CategoricalLogits
    r = {}
    for n in ("temp-scaling", "ts-mix"):
        c = get_calibrator(n); c.fit_torch(CategoricalLogits(torch.tensor(lg)), torch.tensor(y))
        r[n] = c.predict_proba_torch(CategoricalLogits(torch.tensor(lg))).get_probs()
        if n == "temp-scaling": r["inverse_temperature"] = float(c.invtemp_)
    nll = lambda P: float(-np.log(np.asarray(P)[np.arange(6), y]).mean())
    from probmetrics.metrics import Metric
    put("temperature", logits=lg, label=y, inverse_temperature=r["inverse_temperature"], temp_scaling=r["temp-scaling"], ts_mix=r["ts-mix"],
        nll_before=nll(torch.softmax(torch.tensor(lg), 1)), nll_ts=nll(r["temp-scaling"]), nll_ts_mix=nll(r["ts-mix"]),
        refinement=float(Metric.from_name("refinement_logloss_ts-mix_all").compute_from_labels_logits(torch.tensor(y), torch.tensor(lg))))
    P = np.array([[.9, .6, .2, .4, .7], [.6, .8, .45, .1, .2], [.3, .7, .1, .3, .9], [.55, .4, .3, .6, .8]]); t = np.array([1, 1, 0, 0, 1])
    w = np.zeros(4); trail = []; best = (np.inf, None)
    loss = lambda q: float(-np.mean(t * np.log(q) + (1 - t) * np.log(1 - q)))
    for _ in range(6):
        s = [loss((w + np.eye(4)[i]) @ P / (w.sum() + 1)) for i in range(4)]; i = int(np.argmin(s)); w[i] += 1; trail.append([i, s[i]])
        if s[i] < best[0]: best = (s[i], w.copy())
    put("caruana", P=P, label=t, steps=trail, best_loss=best[0], best_weights=best[1])


def layers():
    x = torch.tensor([[1., 2, 4], [-1, 0, 1]]); ln = torch.nn.LayerNorm(3)
    with torch.no_grad(): ln.weight.copy_(torch.tensor([1., 2, .5])); ln.bias.copy_(torch.tensor([0., .1, -.1]))
    x.requires_grad_(); y = ln(x); (y ** 2).sum().backward()
    put("layer_norm", x=x, weight=ln.weight, bias=ln.bias, out=y, grads_of_sum_of_squares=dict(x=x.grad, weight=ln.weight.grad, bias=ln.bias.grad))
    import mup
    class M(torch.nn.Module):
        def __init__(s, w):
            super().__init__(); s.a, s.b, s.c = torch.nn.Linear(5, w), torch.nn.Linear(w, w), mup.MuReadout(w, 3)
        def forward(s, x): return s.c(torch.relu(s.b(torch.relu(s.a(x)))))
    torch.manual_seed(0); net = M(256); raw = {n: p.detach().std().item() for n, p in net.named_parameters()}
    mup.set_base_shapes(net, M(64), delta=M(128))
    name = {id(p): n for n, p in net.named_parameters()}
    lr = lambda o: {name[id(p)]: g["lr"] for g in o.param_groups for p in g["params"]}
    put("mup_package_width_256_base_64", adam_lr=lr(mup.MuAdam(net.parameters(), lr=1.)), sgd_lr=lr(mup.MuSGD(net.parameters(), lr=1.)),
        init_std_factor={n: p.detach().std().item() / raw[n] for n, p in net.named_parameters()}, readout_input_divided_by=net.c.width_mult())


for f in (preprocessing, embeddings, realmlp, tabm_layers, optimisers, calibration, layers):
    try: f()
    except Exception as e:
        OUT[f.__name__ + "_failed"] = f"{type(e).__name__}: {e}"
print("{\n" + ",\n".join(json.dumps(k) + ":" + json.dumps(v, separators=(",", ":")) for k, v in OUT.items()) + "\n}")
