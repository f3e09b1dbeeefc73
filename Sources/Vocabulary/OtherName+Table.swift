extension OtherName {
  /// The table. Each name on the right is declared by some command or call; a test looks.
  package static let all = parameters + values + commands

  private static let parameters: [OtherName] = [
    OtherName(
      .parameter, "lr eta learning_rate_init initial_lr initial_learning_rate base_lr step_size", "learning_rate"),
    OtherName(
      .parameter, "n_epochs num_epochs nb_epoch nb_epochs max_epochs max_iter iterations num_train_epochs", "epochs"),
    OtherName(.parameter, "batch bs minibatch minibatch_size mini_batch_size train_batch_size", "batch_size"),
    OtherName(
      .parameter, "units n_units num_units hidden_units hidden_size hidden_dim n_neurons num_neurons nodes width",
      "neurons"),
    OtherName(
      .parameter, "hidden_layer_sizes layer_sizes hidden_sizes hidden_dims hidden_layers hidden_units_list", "hidden"),
    OtherName(.parameter, "n_layers num_layers num_hidden_layers n_hidden_layers n_hidden depth", "layers"),
    OtherName(.parameter, "act activation_function activation_fn nonlinearity", "activation"),
    OtherName(
      .parameter, "kernel_initializer weight_init weight_initializer weights_init initialization init", "initializer"),
    OtherName(.parameter, "dropout_rate drop_rate dropout_prob dropout_p drop", "dropout"),
    OtherName(.parameter, "batchnorm batch_normalization use_batch_norm use_bn bn", "batch_norm"),
    OtherName(.parameter, "layernorm layer_norm layer_normalization use_layer_norm", "norm", form: "norm=layer"),
    OtherName(.parameter, "output_activation last_activation final_activation out_activation", "output"),
    OtherName(.parameter, "opt optim solver", "optimizer"),
    OtherName(.parameter, "lr_scheduler scheduler lr_schedule learning_rate_schedule", "schedule"),
    OtherName(.parameter, "criterion loss_fn loss_function cost", "loss"),
    OtherName(
      .parameter, "l2 alpha l2_penalty reg regularization kernel_regularizer wd lambda reg_lambda", "weight_decay"),
    OtherName(.parameter, "l1_penalty reg_alpha lasso", "l1"),
    OtherName(
      .parameter,
      "clipnorm global_clipnorm grad_clip gradient_clip clip_grad clip_grad_norm max_grad_norm gradient_clip_val",
      "clip_norm"),
    OtherName(.parameter, "beta_1", "beta1"), OtherName(.parameter, "beta_2", "beta2"),
    OtherName(.parameter, "betas", "beta1", "beta2"), OtherName(.parameter, "epsilon", "eps"),
    OtherName(.parameter, "nesterovs_momentum use_nesterov", "nesterov"),
    OtherName(
      .parameter, "patience early_stop earlystopping n_iter_no_change early_stopping_rounds early_stopping_patience",
      "early_stopping", form: "early_stopping=patience(5)"),
    OtherName(
      .parameter, "min_delta tol restore_best_weights", "early_stopping",
      form: "early_stopping=patience(5, min_delta=1e-4)"),
    OtherName(.parameter, "label_smooth label_smoothing smoothing", "loss", form: "loss=label_smoothing(0.1)"),
    OtherName(.parameter, "class_weights sample_weight pos_weight", "class_weight"),
    OtherName(.parameter, "gradient_accumulation_steps accumulate_grad_batches accumulation_steps", "accumulate"),
    OtherName(.parameter, "random_state random_seed manual_seed rng rstate", "seed"),
    OtherName(
      .parameter, "verbose verbosity show_progress_bar show_progress progress_bar quiet", "progress",
      form: "set progress=none"),
    OtherName(
      .parameter, "num_threads n_threads nthread intra_op_parallelism_threads", "threads", form: "set threads=2"),
    OtherName(.parameter, "n_trials num_trials max_trials max_evals num_samples n_calls n_iter n_iterations", "trials"),
    OtherName(
      .parameter,
      "n_jobs njobs jobs num_workers n_workers max_concurrent max_concurrent_trials concurrency parallelism",
      "parallel"),
    OtherName(.parameter, "maximize minimize metric scoring eval_metric monitor goal", "objective"),
    OtherName(.parameter, "mode directions", "direction"),
    OtherName(.parameter, "algo algorithm search_alg search_algorithm strategy tuner method", "sampler"),
    OtherName(.parameter, "early_terminate", "pruner"),
    OtherName(
      .parameter, "time_limit time_budget time_budget_s max_time max_seconds max_runtime_secs duration", "timeout"),
    OtherName(.parameter, "n_repeats repeats num_repeats executions_per_trial n_init", "repeat"),
    OtherName(
      .parameter, "validation_split val_split val_size validation_fraction validation_size valid_pct valid",
      "validation"),
    OtherName(.parameter, "test_size test_split test_fraction", "test"),
    OtherName(.parameter, "cv n_splits k_folds kfold n_folds num_folds", "folds"),
    OtherName(.parameter, "scale scaler scaling normalize normalization standardization", "standardize"),
    OtherName(.parameter, "nrows n_rows sample subset max_rows", "limit"),
    OtherName(.parameter, "problem_type objective_type", "task"),
    OtherName(.parameter, "sep delimiter", "separator"),
    OtherName(.parameter, "label label_column target_column target_name y_col response", "target"),
    OtherName(.parameter, "path filename file to_file out output_file save_to savefig", "to"),
    OtherName(.parameter, "overwrite force exist_ok", "replace"),
    OtherName(.parameter, "study_name run_name", "name"),
    OtherName(.parameter, "load_if_exists", "create"),
    OtherName(.parameter, "n_startup_trials n_initial_points startup_trials random_starts n_startup_jobs", "startup"),
    OtherName(.parameter, "n_ei_candidates", "candidates"),
  ]

  private static func word(_ parameter: String, _ words: String, _ names: String...) -> OtherName {
    var entry = OtherName(.value(of: [parameter]), words)
    entry.names = names
    return entry
  }

  private static let values: [OtherName] = [
    word("sampler", "bayesian bayes bayesopt bayesian_optimization bo smbo skopt botorch", "tpe", "gp"),
    word("sampler", "gaussian_process gpr kriging", "gp"),
    word("sampler", "optuna hyperopt tpe_sampler parzen tree_parzen_estimator", "tpe"),
    word("sampler", "random_search randomized randomized_search uniform", "random"),
    word("sampler", "grid_search gridsearchcv exhaustive", "grid"),
    word("sampler", "sobol halton quasi_random quasi_monte_carlo low_discrepancy latin_hypercube", "qmc"),
    word("sampler", "cma cma_es", "cmaes"),
    word("sampler", "genetic ga evolutionary regularized_evolution differential_evolution", "evolution"),
    word("sampler", "nsga nsgaii nsga_ii", "nsga2"),
    word("sampler", "population_based population_based_training", "pbt"),
    word("pruner", "successive_halving sha asynchronous_successive_halving", "asha"),
    word("pruner", "median_stopping median_pruner medianstoppingrule", "median"),
    word("pruner", "nop no off false", "none"),
    word("activation", "swish", "silu"), word("activation", "linear none", "identity"),
    word("activation", "logistic sigm", "sigmoid"), word("activation", "lrelu leakyrelu", "leaky_relu"),
    OtherName(.value(of: ["activation"]), "softmax", "output", form: "network output=softmax"),
    word("output", "linear none", "identity"), word("output", "logistic", "sigmoid"),
    word(
      "loss",
      "categorical_crossentropy sparse_categorical_crossentropy crossentropy cross_entropy_loss nll nll_loss ce",
      "cross_entropy"),
    word("loss", "log_loss logloss softmax", "cross_entropy", "binary_cross_entropy"),
    word(
      "loss", "binary_crossentropy bce bce_loss bce_with_logits bcewithlogitsloss", "binary_cross_entropy"),
    word("loss", "mean_squared_error l2 squared_error mse_loss", "mse"),
    word("loss", "mean_absolute_error l1 absolute_error l1_loss", "mae"), word("loss", "smooth_l1 huber_loss", "huber"),
    word("schedule", "cosine_annealing cosine_annealing_lr cosine_decay cosineannealinglr", "cosine"),
    word("schedule", "reduce_lr_on_plateau reduce_on_plateau reducelronplateau", "plateau"),
    word("schedule", "step_lr steplr step_decay", "step"),
    word("schedule", "multistep multi_step multisteplr", "piecewise"),
    word("schedule", "exponential_decay exponentiallr", "exponential"),
    word("schedule", "1cycle onecyclelr one_cycle_lr", "one_cycle"),
    word("schedule", "linear_warmup warm_up", "warmup"), word("schedule", "poly polynomial_decay", "polynomial"),
    word("schedule", "inverse_time inverse_time_decay invscaling", "time_decay"),
    word("schedule", "none fixed", "constant"),
    word("optimizer", "sgdm gradient_descent gd", "sgd"), word("optimizer", "adam_w", "adamw"),
    word("initializer", "xavier xavier_uniform glorot", "glorot_uniform"),
    word("initializer", "xavier_normal", "glorot_normal"),
    word("initializer", "kaiming kaiming_uniform he", "he_uniform"), word("initializer", "kaiming_normal", "he_normal"),
    word("initializer", "lecun", "lecun_uniform"), word("initializer", "gaussian random_normal", "normal"),
    word("initializer", "random_uniform", "uniform"), word("initializer", "zero", "zeros"),
    word("objective", "acc accuracy", "val_accuracy"), word("objective", "loss validation_loss valid_loss", "val_loss"),
    word("objective", "roc_auc auroc rocauc", "val_auc"),
    word("objective", "mean_squared_error neg_mean_squared_error", "val_mse"),
    word("objective", "mean_absolute_error neg_mean_absolute_error", "val_mae"),
    word("objective", "r2_score", "val_r2"),
    word("objective", "n_parameters num_params params size", "parameters"),
    word("objective", "time duration runtime", "seconds"),
    word("metrics", "acc", "accuracy"), word("metrics", "roc_auc auroc", "auc"), word("metrics", "r2_score", "r2"),
    word("metrics", "f1_score", "f1"), word("metrics", "top_k_accuracy top5 topk", "top_k"),
    word("metrics", "mean_absolute_error", "mae"), word("metrics", "mean_squared_error", "mse"),
    word("direction", "max maximise", "maximize"), word("direction", "min minimise", "minimize"),
    word("task", "classifier classify binary multiclass", "classification"),
    word("task", "regressor regress", "regression"),
    word("standardize", "standard standard_scaler zscore z_score standardscaler true", "per_feature"),
    word("standardize", "off false no", "none"), word("class_weight", "auto", "balanced"),
    word("progress", "false off no quiet silent 0", "none"), word("progress", "bar tqdm true on", "rich"),
    word("batch_size", "full full_batch", "all"), word("split", "val valid dev eval", "validation"),
    word("split", "holdout heldout", "test"), word("split", "training", "train"),
  ]

  private static let commands: [OtherName] = [
    OtherName(.command, "fit learn", "train"), OtherName(.command, "optimize search sweep hyperopt", "tune"),
    OtherName(.command, "score eval validate", "evaluate"), OtherName(.command, "model architecture mlp", "network"),
    OtherName(.command, "dataset load_data load_dataset", "data", form: "data digits"),
    OtherName(.command, "read_csv open", "data", form: "data \"file.csv\""),
    OtherName(.command, "compile", "train", form: "train optimizer=adam loss=cross_entropy"),
    OtherName(.command, "summary describe_network", "network"),
    OtherName(.command, "status state info who whos vars", "show"),
    OtherName(.command, "history", "plot", form: "plot history' or 'run.history"),
    OtherName(.command, "learning_curve curves", "plot", form: "plot loss"),
    OtherName(.command, "draw figure chart", "plot"), OtherName(.command, "runs", "show", form: "show runs"),
    OtherName(.command, "lr_find lr_finder find_lr lr_range_test", "find_learning_rate"),
    OtherName(.command, "leaderboard results trials_dataframe", "trials"),
    OtherName(.command, "best_trial best_run", "best"),
    OtherName(.command, "importances param_importances feature_importances", "importance"),
    OtherName(.command, "echo display log", "print"), OtherName(.command, "inference infer", "predict"),
    OtherName(.command, "search_space param_grid param_distributions hyperparameters", "space"),
    OtherName(.command, "create_study", "study", form: "study new \"name\""),
    OtherName(.command, "load_study", "study", form: "study open \"name\""),
    OtherName(.command, "storage", "study", form: "study storage \"tuning.db\""),
    OtherName(.command, "enqueue_trial", "enqueue"), OtherName(.command, "suggest", "ask"),
    OtherName(.command, "seed set_seed manual_seed", "set", form: "set seed=1"),
    OtherName(.command, "config option options", "set"),
    OtherName(.command, "save_model dump", "save"), OtherName(.command, "load_model restore", "load"),
    OtherName(.command, "to_onnx onnx", "export", form: "export run to=\"model.onnx\""),
    OtherName(.command, "benchmark", "bench"),
    OtherName(.command, "restart", "reset"), OtherName(.command, "cls", "clear"), OtherName(.command, "bye q", "exit"),
    OtherName(.command, "man doc docs usage", "help"),
  ]
}
