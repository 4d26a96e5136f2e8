// The desktop host answers this address itself. In a browser there is nothing to tell.
