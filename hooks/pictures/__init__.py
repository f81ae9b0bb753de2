"""Pictures that step: written once as data in docs/pictures/, drawn from recordings where they can.

Data flows one way: `picture` reads a file, `facts` what its steps printed, a kind (`boxes`,
`layers`, `processes`, `stack`) makes a scene of both, `layout` places it, and `figure` is the
markup.
"""
