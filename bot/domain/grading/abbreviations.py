"""What people write short, and what it stands for."""

from __future__ import annotations

from collections.abc import Mapping


def _table(lines: str) -> dict[str, str]:
    """`short: long` lines as a mapping."""
    return {
        short: long
        for short, _, long in (line.partition(": ") for line in lines.split("\n") if line)
    }


ABBREVIATIONS: Mapping[str, str] = _table("""
ai: artificial intelligence
ann: artificial neural network
auc: area under curve
backprop: backpropagation
bce: binary cross entropy
bfs: breadth first search
bn: batch normalization
bptt: backpropagation through time
bst: binary search tree
cdf: cumulative distribution function
clt: central limit theorem
cnn: convolutional neural network
convnet: convolutional neural network
cv: cross validation
dag: directed acyclic graph
dfs: depth first search
dft: discrete fourier transform
dl: deep learning
dnn: deep neural network
eda: exploratory data analysis
elbo: evidence lower bound
etl: extract transform load
fft: fast fourier transform
fifo: first in first out
filo: first in last out
fn: false negative
fp: false positive
fpr: false positive rate
gan: generative adversarial network
gd: gradient descent
gmm: gaussian mixture model
hmm: hidden markov model
hpo: hyperparameter optimization
ica: independent component analysis
iid: independent identically distributed
iqr: interquartile range
kl: kullback leibler
knn: k nearest neighbors
kpi: key performance indicator
lifo: last in first out
llm: large language model
lr: learning rate
lstm: long short term memory
mae: mean absolute error
mcmc: markov chain monte carlo
mfcc: mel frequency cepstral coefficients
ml: machine learning
mle: maximum likelihood estimation
mlp: multilayer perceptron
mse: mean squared error
nlp: natural language processing
nn: neural network
ood: out of distribution
oom: out of memory
oop: object oriented programming
pca: principal component analysis
pdf: probability density function
pmf: probability mass function
rag: retrieval augmented generation
rbf: radial basis function
relu: rectified linear unit
rf: random forest
rl: reinforcement learning
rlhf: reinforcement learning human feedback
rmse: root mean squared error
rnn: recurrent neural network
roc: receiver operating characteristic
rv: random variable
sd: standard deviation
sgd: stochastic gradient descent
snr: signal noise ratio
som: selforganizing map
ssl: selfsupervised learning
stft: short time fourier transform
svd: singular value decomposition
svm: support vector machine
tfidf: term frequency inverse document frequency
tn: true negative
tp: true positive
tpr: true positive rate
vae: variational autoencoder
vc: vapnik chervonenkis
wer: word error rate
""")
"""Written out as they are compared; the plural in -s is known too."""

CONTRACTIONS: Mapping[str, str] = {
    "cannot": "can not",
    "can't": "can not",
    "cant": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    **{
        f"{verb}nt": f"{verb} not"
        for verb in "do does did is are was were would could should has have".split()
    },
}
"""Denials in one word; regular ones with an apostrophe (`doesn't`) need no entry."""

NUMBERS: Mapping[str, str] = {
    **{
        word: str(number)
        for number, word in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve".split()
        )
    },
    "hundred": "100",
    "thousand": "1000",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
}

JOINED_PREFIXES = frozenset(
    "non un semi anti mis dis pseudo de re pre sub multi bi quasi inter intra over under co self"
    " hyper auto meta super ultra".split()
)
"""Parts before a hyphen that make one word with what follows (`self-supervised`)."""
