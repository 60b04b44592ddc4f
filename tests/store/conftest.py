"""Many sessions at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

Result = TypeVar("Result")
AT_ONCE = 16


@pytest.fixture
def at_once(engine: Engine) -> Callable[[Callable[[Session], Result]], list[Result]]:
    """Return a function that runs one step in sixteen sessions at once, each with its commit, and lists the results."""

    def run(step: Callable[[Session], Result]) -> list[Result]:
        barrier = Barrier(AT_ONCE)

        def one(_number: int) -> Result:
            with Session(engine, expire_on_commit=False) as session:
                barrier.wait()
                result = step(session)
                session.commit()
                return result

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(one, range(AT_ONCE)))

    return run
