using static BnNotebooks.Claims.WorkKind;

namespace BnNotebooks.Claims;

/// <content>Works about normalization in transformers, for notebook 19.</content>
public static partial class Literature
{
    static Work[] OfTransformers =>
    [
        new(2017, "Vaswani et al.", "Attention Is All You Need", "NIPS 2017, arXiv 1706.03762", Application,
            "The transformer, with a layer norm behind each residual branch: post-LN."),
        new(2020, "Xiong et al.", "On Layer Normalization in the Transformer Architecture", "ICML 2020, arXiv 2002.04745", Explanation,
            "Why post-LN needs a warm-up of the learning rate and pre-LN does not: the gradients at the start."),
        new(2020, "Liu, Liu, Gao, Chen, Han", "Understanding the Difficulty of Training Transformers", "EMNLP 2020, arXiv 2004.08249", Explanation,
            "Post-LN leans on its branches and so amplifies small changes of the weights; Admin is a start that mends it."),
        new(2020, "Shen, Yao, Gholami, Mahoney, Keutzer", "PowerNorm: Rethinking Batch Normalization in Transformers", "ICML 2020, arXiv 2003.07845", Explanation,
            "Batch statistics of text fluctuate more than those of images; a batch norm with calmer statistics for transformers."),
        new(2020, "Henry, Dachapally, Pawar, Chen", "Query-Key Normalization for Transformers", "Findings of EMNLP 2020, arXiv 2010.04245", Method,
            "Normalizes queries and keys, so that attention logits stay in a range that is learned."),
        new(2021, "Bachlechner, Majumder, Mao, Cottrell, McAuley", "ReZero is All You Need: Fast Convergence at Large Depth", "UAI 2021, arXiv 2003.04887", Without,
            "A learned factor that starts at 0 on each residual branch, in transformers without layer norm or warm-up too."),
        new(2023, "Dehghani et al.", "Scaling Vision Transformers to 22 Billion Parameters", "ICML 2023, arXiv 2302.05442", Application,
            "Layer norm on queries and keys stops attention logits that grew until training diverged."),
        new(2025, "Zhu, Chen, He, LeCun, Liu", "Transformers without Normalization", "CVPR 2025, arXiv 2503.10622", Without,
            "Dynamic tanh, γ·tanh(αx) + β, in the place of layer norm."),
        new(2025, "Kim et al.", "Peri-LN: Revisiting Normalization Layer in the Transformer Architecture", "ICML 2025, arXiv 2502.02732", Explanation,
            "Compares layer norm behind, before and on both sides of each branch: variance of the stream, gradients, stability."),
    ];
}
