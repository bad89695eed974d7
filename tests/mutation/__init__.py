"""Every guard of the tenancy is taken away in turn, and what watches over it must go red.

Below: each policy, and each filter of a council-owned model (`layers`). Above: each guard in the code of the pages and
of their actions, found in the source (`guards`), with both layers away, so that it stands alone. Everything happens in
one transaction of the tables' owner, whom the forced policies bind as well, and is rolled back.
"""
