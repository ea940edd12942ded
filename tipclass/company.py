"""Company: what the tips around two tips say of them: whether both have the same near ones, and say what those say."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipclass.bigrams import Bigrams
from tipclass.pairs import Pairs

Column = NDArray[np.float32]

NEAR = 0.5  # likeness from which a tip is near another
USUAL = 3.0  # rarity up to which a pair of characters says nothing
LITTLE = 8.0  # rarity below which what others bear out is too little for a share of it


class Company:
    """What stands around each row, by a first likeness of some pairs of rows."""

    def __init__(self, grams: Bigrams, pairs: Pairs, likeness: Column) -> None:
        size = grams.table.shape[0]
        graph = sparse.coo_matrix((likeness, pairs), shape=(size, size)).tocsr()
        self.likely = (graph + graph.T).tocsr()
        self.table = grams.table
        near = (self.likely >= NEAR).astype(np.float32) if self.likely.nnz else self.likely
        told = (near @ grams.table).multiply(grams.table).tocsr()
        weights = np.maximum(grams.rarity - USUAL, 0.0)[told.indices]
        self.borne, self.once = told.copy(), told.copy()
        self.borne.data = weights
        self.once.data = weights * (told.data == 1)
        self.mass = _sums(self.borne)

    def features(self, pairs: Pairs, likeness: Column) -> dict[str, Column]:
        """Return the features of pairs of rows, each with its first likeness.

        third: the likeness to whichever third is like both; thirds: of all of them; rival: the likeness of either to
        another, most and least; torn, torn_most: where one is like a third and the other is not; and of what near ones
        of a row say with it, how much the other says (borne, least and most) and how much it does not (unborne).
        """
        one, two = pairs
        mine, other = self.likely[one], self.likely[two]
        own = _single(two, likeness, mine.shape), _single(one, likeness, mine.shape)
        mine_rest, other_rest = (mine - own[0]).tocsr(), (other - own[1]).tocsr()
        common = mine.minimum(other).tocsr()
        torn = abs(mine_rest - other_rest)
        rivals = _most(mine_rest), _most(other_rest)
        return {
            "third": _most(common),
            "thirds": _sums(common),
            "rival_most": np.maximum(*rivals),
            "rival_least": np.minimum(*rivals),
            "torn": _sums(torn),
            "torn_most": _most(torn),
            **self._borne(pairs, likeness >= NEAR),
        }

    def _borne(self, pairs: Pairs, near: NDArray[np.bool_]) -> dict[str, Column]:
        sides = [self._side(*pairs, near), self._side(*pairs[::-1], near)]
        shares, missing = zip(*sides, strict=True)
        return {
            "borne_least": np.minimum(*shares),
            "borne_most": np.maximum(*shares),
            "unborne_least": np.minimum(*missing),
            "unborne_most": np.maximum(*missing),
        }

    def _side(self, row: NDArray[np.int64], other: NDArray[np.int64], near: NDArray[np.bool_]) -> tuple[Column, Column]:
        """Return of what near ones say with a row, the other left out, the share that it says, and what it does not."""
        said = self.table[other]
        alone = near * _sums(self.once[row].multiply(said))
        whole = self.mass[row] - alone
        shared = _sums(self.borne[row].multiply(said)) - alone
        share = np.where(whole > 0, shared / np.maximum(whole, LITTLE), 0.5)
        return share.astype(np.float32), np.log1p(np.maximum(whole - shared, 0.0)).astype(np.float32)


def _single(columns: NDArray[np.int64], values: Column, shape: tuple[int, int]) -> sparse.csr_matrix:
    """Return a table with one value in each row."""
    return sparse.csr_matrix((values, columns, np.arange(len(columns) + 1)), shape=shape)


def _sums(table: sparse.csr_matrix) -> Column:
    return np.asarray(table.sum(axis=1), dtype=np.float32).ravel()


def _most(table: sparse.csr_matrix) -> Column:
    return np.asarray(table.max(axis=1).todense(), dtype=np.float32).ravel()
